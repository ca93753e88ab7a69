package dev.heddle.http;

import static dev.heddle.http.RequestFuzz.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Any body with a content coding is inflated up to its limit, or refused.
public final class InflateFuzz {
  private static final int LIMIT = 10_000;

  private InflateFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    for (String coding : List.of("gzip", "deflate")) {
      Request request = Request.of("POST", "/", Headers.of("Content-Encoding", coding), input);
      try (InputStream body = request.decodedBody(LIMIT)) {
        check(body.readAllBytes().length <= LIMIT, "more than the limit");
      } catch (ProtocolException e) {
        check(e.status().code() / 100 == 4, "a fault of ours");
      }
    }
  }
}
