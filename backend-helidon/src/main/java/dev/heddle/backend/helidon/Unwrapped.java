package dev.heddle.backend.helidon;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The exceptions of the network that Helidon has wrapped in its own.
final class Unwrapped {
  private Unwrapped() {}

  /// The first [IOException] among the causes, or null.
  static @Nullable IOException cause(RuntimeException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException unwrapped) {
        return unwrapped;
      }
    }
    return null;
  }

  /// As [#cause].
  ///
  /// @throws RuntimeException `e` itself, if there is none
  static IOException from(RuntimeException e) {
    IOException cause = cause(e);
    if (cause == null) {
      throw e;
    }
    return cause;
  }
}
