package dev.heddle.demo.http;

import dev.heddle.http.ProtocolException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;

/// The handler that blocks, for as long as its path says.
final class Sleep {
  static final int LONGEST_MILLIS = 10_000;

  private Sleep() {}

  static Response handle(Request request) throws Exception {
    int millis = millis(request.pathParameter("ms"));
    Thread.sleep(millis);
    return Response.text("slept " + millis + " ms\n");
  }

  private static int millis(String text) throws ProtocolException {
    // Digits only: parseInt by itself takes signs, and digits of any script.
    int millis = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
    if (millis > LONGEST_MILLIS) {
      throw new ProtocolException(
          Status.BAD_REQUEST, "the time to sleep is 0 to " + LONGEST_MILLIS + " ms");
    }
    return millis;
  }
}
