/// Comparing servers: each in a JVM of its own, all loaded in turn by the same generator.
@NullMarked
package dev.heddle.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
