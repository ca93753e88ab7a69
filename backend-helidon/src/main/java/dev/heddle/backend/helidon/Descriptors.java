package dev.heddle.backend.helidon;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// Tells whether this process may open more files and sockets, by trying.
final class Descriptors {
  private Descriptors() {}

  /// @throws IOException if there is none left
  static void checkOneLeft() throws IOException {
    SocketChannel.open().close();
  }

  /// @throws IOException if there are fewer than two left
  static void checkTwoLeft() throws IOException {
    try (SocketChannel _ = SocketChannel.open()) {
      checkOneLeft();
    }
  }
}
