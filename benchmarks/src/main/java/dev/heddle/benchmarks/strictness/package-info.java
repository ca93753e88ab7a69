/// Hostile requests, and what servers make of them.
@NullMarked
package dev.heddle.benchmarks.strictness;

import org.jspecify.annotations.NullMarked;
