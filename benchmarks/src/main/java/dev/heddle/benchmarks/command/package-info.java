/// What the commands share: their flags, their numbers, how they speak to whoever runs them, and
/// what they do on Ctrl-C.
@NullMarked
package dev.heddle.benchmarks.command;

import org.jspecify.annotations.NullMarked;
