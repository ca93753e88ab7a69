/// The servers that a framework is held against: each tuned as its own documentation says, each
/// with a `main` of its own.
@NullMarked
package dev.heddle.benchmarks.baselines;

import org.jspecify.annotations.NullMarked;
