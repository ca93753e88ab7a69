package dev.heddle.http;

import java.util.Locale;
import java.util.Map;

/// What an error may look like.
enum ErrorForm {
  TEXT,
  HTML,
  JSON;

  private static final Map<String, ErrorForm> BY_TYPE =
      Map.of(
          "text/plain", TEXT,
          "text/html", HTML,
          "application/xhtml+xml", HTML,
          "application/json", JSON,
          "application/problem+json", JSON);

  /// The form that a client weighs highest by its `Accept` (RFC 9110, section 12.5.1), the first of
  /// those that weigh as much; text if it names none, as `*/*` names all.
  static ErrorForm preferredBy(Request request) {
    ErrorForm best = TEXT;
    double most = 0;
    for (String line : request.headers().all("Accept")) {
      for (String member : line.split(",", -1)) {
        HeaderParameters range = HeaderParameters.parse(member);
        ErrorForm form = BY_TYPE.get(range.value().toLowerCase(Locale.ROOT));
        double weight = weight(range);
        if (form != null && weight > most) {
          best = form;
          most = weight;
        }
      }
    }
    return best;
  }

  private static double weight(HeaderParameters range) {
    String text = range.parameters().getOrDefault("q", "1");
    return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : 0;
  }
}
