/// Measuring servers: the load generator, the baselines it is held against, and their command line.
@NullMarked
package dev.heddle.benchmarks;

import org.jspecify.annotations.NullMarked;
