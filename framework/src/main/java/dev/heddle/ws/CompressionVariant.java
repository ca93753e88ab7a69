package dev.heddle.ws;

/// What decides how a message is compressed by itself: peers of which both are equal can be sent
/// the same bytes.
///
/// @param windowBits of the peer's window, from 8 to 15; 0: no compression
/// @param minimumSize messages that are shorter are sent as they are
record CompressionVariant(int windowBits, int minimumSize) {
  static final CompressionVariant NONE = new CompressionVariant(0, Integer.MAX_VALUE);
}
