/// What this machine's settings mean for a server, and what to set.
@NullMarked
package dev.heddle.benchmarks.doctor;

import org.jspecify.annotations.NullMarked;
