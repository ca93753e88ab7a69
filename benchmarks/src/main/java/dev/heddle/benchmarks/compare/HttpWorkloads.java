package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.InlineHttp;
import dev.heddle.benchmarks.baselines.JdkHttp;
import dev.heddle.benchmarks.baselines.JettyHttp;
import dev.heddle.benchmarks.baselines.NettyHttp;
import dev.heddle.benchmarks.load.ExpectedContent;
import dev.heddle.benchmarks.load.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What HTTP servers are asked. Only the first is measured without being named.
final class HttpWorkloads {
  private static final int OK = 200;
  private static final int MANY = 1_000;
  private static final String KIBIBYTE = "0123456789abcdef".repeat(64);

  /// What a browser sends: with the request line and `Host` 12 fields and about 600 bytes.
  private static final List<String> BROWSER =
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

  private static final HttpRequest BROWSING = new HttpRequest("GET", BROWSER, "", OK);
  private static final HttpRequest VARYING = new HttpRequest("GET", varying(), "", OK);
  private static final HttpRequest POST =
      new HttpRequest(
          "POST",
          List.of("Content-Type: application/octet-stream"),
          KIBIBYTE.repeat(4),
          OK,
          new ExpectedContent.Echo());
  private static final HttpRequest DOWNLOAD =
      new HttpRequest("GET", List.of(), "", OK, new ExpectedContent.OfLength(1 << 20));

  private HttpWorkloads() {}

  /// A browser's fields, with a cookie that is another one in each request.
  private static List<String> varying() {
    List<String> lines = new ArrayList<>(BROWSER);
    lines.replaceAll(line -> line.replace("visits=00001", "visits=" + HttpRequest.NUMBER));
    return lines;
  }

  static List<Protocol> all() {
    Workload usual = Workload.USUAL;
    return List.of(
        new HttpProtocol("http", "/plaintext", usual, withInline()),
        new HttpProtocol("http-browser", "/plaintext", of(BROWSING), withInline()),
        new HttpProtocol("http-varying", "/plaintext", of(VARYING), withInline()),
        new HttpProtocol("http-post", "/echo", of(POST), stacks()),
        new HttpProtocol("http-download", "/download", of(DOWNLOAD), stacks()),
        new HttpProtocol("http-sleep", "/sleep/5", new Workload(HttpRequest.GET, MANY), stacks()));
  }

  private static Workload of(HttpRequest request) {
    return new Workload(request, Workload.USUAL.connections());
  }

  /// The inline loop answers whatever is asked by the same bytes.
  private static Map<String, Class<?>> withInline() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("inline", InlineHttp.class);
    baselines.putAll(stacks());
    return baselines;
  }

  private static Map<String, Class<?>> stacks() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("netty", NettyHttp.class);
    baselines.put("jdk", JdkHttp.class);
    baselines.put("jetty", JettyHttp.class);
    return baselines;
  }
}
