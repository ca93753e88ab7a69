package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.HelidonWs;
import dev.heddle.benchmarks.baselines.InlineWs;
import dev.heddle.benchmarks.baselines.NettyWs;
import java.util.LinkedHashMap;
import java.util.Map;

/// WebSocket echo of short texts.
final class WsProtocol implements Protocol {
  @Override
  public String name() {
    return "ws";
  }

  @Override
  public String url() {
    return "ws://127.0.0.1:{port}/echo";
  }

  @Override
  public String module() {
    return "demo-ws";
  }

  @Override
  public Map<String, Class<?>> baselines() {
    Map<String, Class<?>> baselines = new LinkedHashMap<>();
    baselines.put("inline", InlineWs.class);
    baselines.put("netty", NettyWs.class);
    baselines.put("helidon-stack", HelidonWs.class);
    return baselines;
  }
}
