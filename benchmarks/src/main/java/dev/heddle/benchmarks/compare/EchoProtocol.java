package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.InlineEcho;
import dev.heddle.benchmarks.baselines.JdkEcho;
import dev.heddle.benchmarks.baselines.NettyEcho;
import java.util.LinkedHashMap;
import java.util.Map;

/// TCP echo.
final class EchoProtocol implements Protocol {
  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String url() {
    return "tcp://127.0.0.1:{port}";
  }

  @Override
  public String module() {
    return "demo-echo";
  }

  @Override
  public Map<String, Class<?>> baselines() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("inline", InlineEcho.class);
    baselines.put("netty", NettyEcho.class);
    baselines.put("jdk", JdkEcho.class);
    return baselines;
  }
}
