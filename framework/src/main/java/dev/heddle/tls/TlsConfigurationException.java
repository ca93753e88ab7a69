package dev.heddle.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Certificates or keys that can't be used. The message, one line, says what was wrong, in which
/// file, and what was expected; it never holds a password or a part of a key.
public final class TlsConfigurationException extends IOException {
  TlsConfigurationException(String message) {
    super(message);
  }

  TlsConfigurationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
