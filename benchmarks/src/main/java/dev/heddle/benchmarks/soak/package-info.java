/// Soaking a server: peers that behave in every way that real ones do, for a long time, and a look
/// at what the server still holds at the end.
@NullMarked
package dev.heddle.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
