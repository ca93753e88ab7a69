package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.InlineHttp;
import dev.heddle.benchmarks.baselines.NettyHttp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// HTTP/1.1 with keep-alive: a short text, again and again.
final class HttpProtocol implements Protocol {
  @Override
  public String name() {
    return "http";
  }

  @Override
  public String url() {
    return "http://127.0.0.1:{port}/plaintext";
  }

  @Override
  public String demo() {
    return "demo-http";
  }

  /// Connections last as long as those of the baselines, used or idle.
  @Override
  public List<String> demoFlags() {
    return List.of("--keep-alive-max=0", "--keep-alive-timeout=0");
  }

  @Override
  public Map<String, Class<?>> baselines() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("inline", InlineHttp.class);
    baselines.put("netty", NettyHttp.class);
    return baselines;
  }
}
