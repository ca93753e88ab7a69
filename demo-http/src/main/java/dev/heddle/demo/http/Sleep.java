package dev.heddle.demo.http;

import dev.heddle.http.ProtocolException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import java.util.regex.Pattern;

/// The handler that blocks, for as long as its path says.
final class Sleep {
  static final int LONGEST_MILLIS = 10_000;

  /// Digits only: parseInt by itself takes signs, and digits of any script.
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,5}");

  private Sleep() {}

  static Response handle(Request request) throws Exception {
    int millis = millis(request.pathParameter("ms"));
    Thread.sleep(millis);
    return Response.text("slept " + millis + " ms\n");
  }

  private static int millis(String text) throws ProtocolException {
    int millis = MILLIS.matcher(text).matches() ? Integer.parseInt(text) : Integer.MAX_VALUE;
    if (millis > LONGEST_MILLIS) {
      throw new ProtocolException(
          Status.BAD_REQUEST, "the time to sleep is 0 to " + LONGEST_MILLIS + " ms");
    }
    return millis;
  }
}
