package dev.heddle.ws;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What both sides have agreed on about compression (RFC 7692, section 7.1).
///
/// @param sendContext whether our messages may refer to those before
/// @param receiveContext whether the peer's may
/// @param windowBits of the peer's window for what we send, from 8 to 15
/// @param windowAsked whether the peer has asked for that
record PerMessageDeflate(
    boolean sendContext, boolean receiveContext, int windowBits, boolean windowAsked) {
  static final String NAME = "permessage-deflate";

  /// The first offer that can be accepted, if any.
  static @Nullable PerMessageDeflate choose(List<Extension> offers, CompressionOptions options) {
    for (Extension offer : offers) {
      PerMessageDeflate accepted = offer.name().equals(NAME) ? accept(offer, options) : null;
      if (accepted != null) {
        return accepted;
      }
    }
    return null;
  }

  /// @return null if the offer has a parameter that is unknown, malformed, or there twice
  private static @Nullable PerMessageDeflate accept(Extension offer, CompressionOptions options) {
    boolean sendContext = options.sendContext();
    boolean receiveContext = options.receiveContext();
    int windowBits = MessageDeflater.MAX_WINDOW_BITS;
    Set<String> seen = new HashSet<>();
    for (Extension.Parameter parameter : offer.parameters()) {
      String value = parameter.value();
      boolean valid = seen.add(parameter.name());
      switch (parameter.name()) {
        case "server_no_context_takeover" -> {
          sendContext = false;
          valid &= value == null;
        }
        case "client_no_context_takeover" -> {
          receiveContext = false;
          valid &= value == null;
        }
        case "server_max_window_bits" -> {
          windowBits = value == null ? 0 : bits(value);
          valid &= windowBits != 0;
        }
        // Our window has its largest size whatever the peer's has: nothing to ask for.
        case "client_max_window_bits" -> valid &= value == null || bits(value) != 0;
        default -> valid = false;
      }
      if (!valid) {
        return null;
      }
    }
    boolean whole = windowBits == MessageDeflater.MAX_WINDOW_BITS;
    return new PerMessageDeflate(
        sendContext && whole, receiveContext, windowBits, seen.contains("server_max_window_bits"));
  }

  /// A number from 8 to 15 without leading zeros; else 0.
  private static int bits(String value) {
    return switch (value) {
      case "8" -> 8;
      case "9" -> 9;
      case "10" -> 10;
      case "11" -> 11;
      case "12" -> 12;
      case "13" -> 13;
      case "14" -> 14;
      case "15" -> 15;
      default -> 0;
    };
  }

  /// What the peer is told.
  String toFieldValue() {
    return NAME
        + (sendContext ? "" : "; server_no_context_takeover")
        + (receiveContext ? "" : "; client_no_context_takeover")
        + (windowAsked ? "; server_max_window_bits=" + windowBits : "");
  }
}
