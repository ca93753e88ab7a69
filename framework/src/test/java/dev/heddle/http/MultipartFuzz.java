package dev.heddle.http;

import static dev.heddle.http.RequestFuzz.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Any body is parts, or refused; and no part holds more than the body. Up to the first line end
/// the input is the type, which has the boundary.
public final class MultipartFuzz {
  private MultipartFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    byte[] body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    Request request;
    try {
      String type = new String(input, 0, end, StandardCharsets.ISO_8859_1);
      request = Request.of("POST", "/", Headers.of("Content-Type", type), body);
    } catch (IllegalArgumentException e) {
      return; // no peer gets it past the reader
    }
    try {
      Multipart parts = Multipart.of(request);
      long octets = 0;
      for (Part part; (part = parts.next()) != null; ) {
        octets += part.name().length();
        octets += octets % 2 == 0 ? part.body().readAllBytes().length : 0; // or skipped
      }
      check(octets <= body.length * 2L, "the parts are more than the whole");
    } catch (ProtocolException e) {
      check(e.status().code() / 100 == 4, "a fault of ours");
    }
  }
}
