package dev.heddle.http;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a request still wants what is there, by its entity tag and its date (RFC 9110, section
/// 13). Dates count in whole seconds.
///
/// @param etag with its quotes, strong
record Preconditions(String etag, Instant lastModified) {

  /// The status that answers the request without a body, 304 or 412; null if it is to be served.
  @Nullable Status evaluate(Request request) {
    Headers headers = request.headers();
    boolean reading = request.method().equals("GET") || request.isHead();
    if (headers.contains("If-Match")) {
      if (!matches(headers.all("If-Match"), false)) {
        return Status.PRECONDITION_FAILED;
      }
    } else if (isAfter(headers.get("If-Unmodified-Since"))) {
      return Status.PRECONDITION_FAILED;
    }
    if (headers.contains("If-None-Match")) {
      if (matches(headers.all("If-None-Match"), true)) {
        return reading ? Status.NOT_MODIFIED : Status.PRECONDITION_FAILED;
      }
    } else if (reading && isNotAfter(headers.get("If-Modified-Since"))) {
      return Status.NOT_MODIFIED;
    }
    return null;
  }

  /// Whether a range may be served, of `If-Range`.
  boolean allowRange(Request request) {
    String value = request.header("If-Range");
    if (value == null) {
      return true;
    }
    return (value.startsWith("\"") || value.startsWith("W/"))
        ? value.equals(etag)
        : lastModified.equals(HttpDate.parse(value));
  }

  private boolean isAfter(@Nullable String date) {
    Instant since = date == null ? null : HttpDate.parse(date);
    return since != null && lastModified.isAfter(since);
  }

  private boolean isNotAfter(@Nullable String date) {
    Instant since = date == null ? null : HttpDate.parse(date);
    return since != null && !lastModified.isAfter(since);
  }

  /// @param weak whether weak tags match too
  private boolean matches(List<String> values, boolean weak) {
    for (String value : values) {
      if (value.equals("*")) {
        return true;
      }
      for (int at = 0; at < value.length(); ) {
        int open = value.indexOf('"', at);
        int close = open < 0 ? -1 : value.indexOf('"', open + 1);
        if (close < 0) {
          break;
        }
        boolean isWeak = open >= 2 && value.startsWith("W/", open - 2);
        if ((weak || !isWeak) && etag.equals(value.substring(open, close + 1))) {
          return true;
        }
        at = close + 1;
      }
    }
    return false;
  }
}
