package dev.heddle.proxy;

import dev.heddle.ProxyHeader;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the first bytes of a connection are.
sealed interface Heading {

  /// They may be a header, once more have come.
  record Incomplete() implements Heading {}

  /// They are something else.
  record Absent() implements Heading {}

  /// They are a header.
  ///
  /// @param length of it, in octets
  /// @param isLocal whether the proxy speaks for itself
  /// @param ends of the client's connection; null: they are not known
  /// @param values of the extensions, by their types
  record Present(
      int length,
      boolean isLocal,
      @Nullable Ends ends,
      Map<Integer, byte[]> values,
      ProxyHeader.@Nullable Tls tls)
      implements Heading {}

  /// The two ends of a connection.
  record Ends(SocketAddress source, SocketAddress destination) {}
}
