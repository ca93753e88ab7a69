package dev.heddle.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/// The header section that a browser sends: with `Host` 12 fields, and about 600 bytes.
public final class BrowserHeader {
  private static final List<String> FIELD_LINES =
      List.of(
          "Connection: keep-alive",
          "Cache-Control: max-age=0",
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/140.0.0.0 Safari/537.36",
          "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
              + "*/*;q=0.8",
          "Accept-Encoding: identity",
          "Accept-Language: en-GB,en;q=0.9,de;q=0.8",
          "Referer: http://127.0.0.1/",
          "Sec-Fetch-Site: same-origin",
          "Sec-Fetch-Mode: navigate",
          "Upgrade-Insecure-Requests: 1",
          "Cookie: session=8d1f0e8a5b5b4b1c9a7e; theme=dark; visits=00001; consent=yes");

  private BrowserHeader() {}

  /// The fields but `Host`, each `Name: value`.
  public static List<String> fieldLines() {
    return FIELD_LINES;
  }

  /// The same, with a cookie that is another one in each request, where [HttpRequest#NUMBER]
  /// stands.
  public static List<String> varying() {
    List<String> lines = new ArrayList<>(FIELD_LINES);
    lines.replaceAll(line -> line.replace("visits=00001", "visits=" + HttpRequest.NUMBER));
    return lines;
  }
}
