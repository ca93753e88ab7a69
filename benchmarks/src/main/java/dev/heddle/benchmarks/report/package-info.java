/// What a comparison found, and how it is told: tables for the terminal, files for other programs,
/// and a page for people.
@NullMarked
package dev.heddle.benchmarks.report;

import org.jspecify.annotations.NullMarked;
