package dev.heddle.http;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Where a request stands in a trace that goes through several programs (W3C Trace Context).
///
/// @param traceId of the whole trace: 32 hexadecimal digits in lower case, not all zero
/// @param parentId of the caller's part in it: 16 hexadecimal digits in lower case, not all zero
/// @param flags [#SAMPLED], [#RANDOM], both or none
/// @param state what tracing systems pass each other, as the field `tracestate` has it; empty: none
public record TraceContext(String traceId, String parentId, int flags, String state) {
  /// The caller may have recorded its part.
  public static final int SAMPLED = 1;

  /// The trace id was drawn at random.
  public static final int RANDOM = 2;

  static final String TRACEPARENT = "traceparent";
  static final String TRACESTATE = "tracestate";

  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the value and what was expected
  public TraceContext {
    HttpLimits.check(
        isId(traceId, 32), "traceId", traceId, "32 digits of lower-case hex, not all 0");
    HttpLimits.check(
        isId(parentId, 16), "parentId", parentId, "16 digits of lower-case hex, not all 0");
    HttpLimits.check((flags & ~(SAMPLED | RANDOM)) == 0, "flags", flags, "a number from 0 to 3");
    HttpLimits.check(TraceState.isValid(state), "state", state, "a list of keys and values");
  }

  /// A new trace, of which nothing is recorded here.
  public static TraceContext start() {
    return new TraceContext(randomId() + randomId(), randomId(), RANDOM, "");
  }

  /// This trace, with another part of it as the parent: what to send with requests of our own.
  public TraceContext next() {
    return new TraceContext(traceId, randomId(), flags, state);
  }

  /// Whether the caller may have recorded its part.
  public boolean isSampled() {
    return (flags & SAMPLED) != 0;
  }

  /// The value of the field `traceparent`.
  public String traceparent() {
    return "00-" + traceId + "-" + parentId + "-0" + flags;
  }

  /// What a request's fields say. A `traceparent` that is malformed, or there twice, counts as
  /// none, and a malformed `tracestate` as an empty one, as the recommendation has it.
  static @Nullable TraceContext of(Headers headers) {
    List<String> parents = headers.all(TRACEPARENT);
    if (parents.size() != 1) {
      return null;
    }
    String parent = parents.getFirst();
    if (!isValid(parent)) {
      return null;
    }
    String state = String.join(",", headers.all(TRACESTATE));
    return new TraceContext(
        parent.substring(3, 35),
        parent.substring(36, 52),
        HexFormat.fromHexDigits(parent, 53, 55) & (SAMPLED | RANDOM),
        TraceState.isValid(state) ? state : "");
  }

  /// Version 00 is this long; later ones may add more behind another dash.
  private static boolean isValid(String parent) {
    return parent.length() >= LENGTH
        && isHex(parent, 0, 2)
        && !parent.startsWith("ff")
        && parent.charAt(2) == '-'
        && isHex(parent, 3, 35)
        && parent.charAt(35) == '-'
        && isHex(parent, 36, 52)
        && parent.charAt(52) == '-'
        && isHex(parent, 53, 55)
        && (parent.length() == LENGTH || (!parent.startsWith("00") && parent.charAt(LENGTH) == '-'))
        && isId(parent.substring(3, 35), 32)
        && isId(parent.substring(36, 52), 16);
  }

  private static boolean isId(String text, int length) {
    return text.length() == length
        && isHex(text, 0, length)
        && text.chars().anyMatch(digit -> digit != '0');
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static String randomId() {
    long id;
    do {
      id = ThreadLocalRandom.current().nextLong();
    } while (id == 0);
    return HEX.toHexDigits(id);
  }
}
