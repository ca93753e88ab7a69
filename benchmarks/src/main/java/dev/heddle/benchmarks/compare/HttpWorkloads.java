package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.HelidonHttp;
import dev.heddle.benchmarks.baselines.InlineHttp;
import dev.heddle.benchmarks.baselines.JdkHttp;
import dev.heddle.benchmarks.baselines.JettyHttp;
import dev.heddle.benchmarks.baselines.NettyHttp;
import dev.heddle.benchmarks.baselines.VertxHttp;
import dev.heddle.benchmarks.load.BrowserHeader;
import dev.heddle.benchmarks.load.ExpectedContent;
import dev.heddle.benchmarks.load.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What HTTP servers are asked. Only the first is measured without being named.
final class HttpWorkloads {
  private static final int OK = 200;
  private static final int MANY = 1_000;
  private static final String KIBIBYTE = "0123456789abcdef".repeat(64);

  private static final HttpRequest BROWSING =
      new HttpRequest("GET", BrowserHeader.fieldLines(), "", OK);
  private static final HttpRequest VARYING =
      new HttpRequest("GET", BrowserHeader.varying(), "", OK);
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

  static List<Protocol> all() {
    Workload usual = Workload.USUAL;
    return List.of(
        new HttpProtocol("http", "/plaintext", usual, ofPlaintext()),
        new HttpProtocol("http-browser", "/plaintext", of(BROWSING), ofPlaintext()),
        new HttpProtocol("http-varying", "/plaintext", of(VARYING), ofPlaintext()),
        new HttpProtocol("http-post", "/echo", of(POST), stacks()),
        new HttpProtocol("http-download", "/download", of(DOWNLOAD), stacks()),
        new HttpProtocol("http-sleep", "/sleep/5", new Workload(HttpRequest.GET, MANY), stacks()));
  }

  private static Workload of(HttpRequest request) {
    return new Workload(request, Workload.USUAL.connections());
  }

  /// The inline loop answers whatever is asked by the same bytes.
  private static Map<String, Class<?>> ofPlaintext() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("inline", InlineHttp.class);
    baselines.putAll(stacks());
    return baselines;
  }

  private static Map<String, Class<?>> stacks() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("netty", NettyHttp.class);
    baselines.put("helidon-stack", HelidonHttp.class);
    baselines.put("jdk", JdkHttp.class);
    baselines.put("jetty", JettyHttp.class);
    baselines.put("vertx", VertxHttp.class);
    return baselines;
  }
}
