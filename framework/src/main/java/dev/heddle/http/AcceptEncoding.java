package dev.heddle.http;

/// Which content codings a peer accepts, and how gladly (RFC 9110, section 12.5.3).
final class AcceptEncoding {
  private AcceptEncoding() {}

  /// The weight of a coding, from 0 (not acceptable) to 1000. A peer that says nothing of codings
  /// is sent none.
  static int weight(Request request, String coding) {
    int any = 0;
    for (String value : request.headers().all("Accept-Encoding")) {
      for (int from = 0; from < value.length(); ) {
        int found = value.indexOf(',', from);
        int to = found < 0 ? value.length() : found;
        int semicolon = value.indexOf(';', from, to);
        int end = semicolon < 0 ? to : semicolon;
        String name = value.substring(from, end).strip();
        if (name.equalsIgnoreCase(coding)) {
          return quality(value, end, to);
        }
        if (name.equals("*")) {
          any = quality(value, end, to);
        }
        from = to + 1;
      }
    }
    return any;
  }

  /// `;q=0.5` in thousandths; one that is malformed is 0.
  private static int quality(String value, int from, int to) {
    String text = value.substring(from, to).replaceAll("[;\\s]", "");
    if (text.isEmpty()) {
      return 1000;
    }
    if (!text.matches("[qQ]=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
      return 0;
    }
    String digits = text.substring(2).replace(".", "") + "000";
    return Integer.parseInt(digits.substring(0, 4));
  }
}
