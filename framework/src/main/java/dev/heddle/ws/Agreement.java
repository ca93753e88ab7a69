package dev.heddle.ws;

import dev.heddle.http.Request;
import org.jspecify.annotations.Nullable;

/// What the opening handshake has settled.
///
/// @param deflate null: no compression
record Agreement(
    Request request,
    WebSocketOptions options,
    @Nullable String subprotocol,
    @Nullable PerMessageDeflate deflate) {

  /// How messages to this peer are compressed.
  CompressionVariant variant() {
    CompressionOptions compression = options.compression();
    return deflate == null || compression == null
        ? CompressionVariant.NONE
        : new CompressionVariant(deflate.windowBits(), compression.minimumSize());
  }
}
