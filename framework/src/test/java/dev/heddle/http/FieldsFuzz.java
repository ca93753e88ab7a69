package dev.heddle.http;

import static dev.heddle.http.RequestFuzz.check;

import java.time.Instant;
import java.util.List;

/// Any value of the fields that we read further is understood, or ignored, or refused.
public final class FieldsFuzz {
  private static final long SIZE = 1000;

  private FieldsFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) {
    String text = RequestFuzz.latin(input);
    Headers headers;
    try {
      headers =
          Headers.of(
              "Cookie",
              text,
              "Accept-Encoding",
              text,
              "Accept",
              text,
              "If-None-Match",
              text,
              "Range",
              text,
              "traceparent",
              text,
              "tracestate",
              text);
    } catch (IllegalArgumentException e) {
      headers = Headers.EMPTY; // no peer gets it past the reader
    }
    Request request = Request.of("GET", "/", headers, new byte[0]);
    Cookies.of(request).forEach((name, value) -> check(!name.isEmpty(), "a cookie has no name"));
    int weight = AcceptEncoding.weight(request, "gzip");
    check(weight >= 0 && weight <= 1000, "a weight is out of range");
    check(ErrorForm.preferredBy(request) != null, "an error has no form");
    trace(request);
    HeaderParameters.parse(text);
    Parameters.parse(text).list();
    date(text);
    ranges(text);
    target(text);
  }

  private static void date(String text) {
    Instant date = HttpDate.parse(text);
    check(date == null || date.equals(HttpDate.parse(HttpDate.format(date))), "a date has changed");
  }

  private static void trace(Request request) {
    TraceContext context = request.traceContext();
    check(
        context == null || context.equals(request.with(context).traceContext()),
        "a trace has changed");
  }

  private static void ranges(String text) {
    List<ByteRange> ranges = ByteRange.parse(text, SIZE);
    if (ranges != null) {
      for (ByteRange range : ranges) {
        check(0 <= range.first() && range.first() <= range.last(), "a range ends before it begins");
        check(range.last() < SIZE, "a range is beyond the end");
      }
    }
  }

  private static void target(String text) {
    try {
      Request.of("GET", text).segments();
    } catch (IllegalArgumentException e) {
      // refused
    }
  }
}
