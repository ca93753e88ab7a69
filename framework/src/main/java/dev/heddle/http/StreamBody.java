package dev.heddle.http;

import java.io.OutputStream;

/// Writes the body of a [Response.Streaming].
@FunctionalInterface
public interface StreamBody {

  /// Writes the body, on the connection's own thread, after the handler has returned.
  ///
  /// @param out collects small writes; what is to leave at once is flushed. Blocks while the peer
  ///   does not read; throws [java.io.IOException] once it has left. It need not be closed.
  /// @throws Exception is logged; the peer gets 500, or if some of the response has left, sees it
  ///   cut short
  void writeTo(OutputStream out) throws Exception;
}
