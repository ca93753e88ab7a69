/// Benchmarks of single parts, by JMH.
@NullMarked
package dev.heddle.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
