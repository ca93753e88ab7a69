package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.HeddleHttp;
import java.util.Map;

/// HTTP/1.1 with keep-alive: the same request again and again.
///
/// The backends serve it with the barest handler, so that the codec is measured. What the demo
/// costs beyond that shows `--jar demo-http/target/demo-http.jar`.
record HttpProtocol(String name, String path, Workload workload, Map<String, Class<?>> baselines)
    implements Protocol {
  @Override
  public String url() {
    return "http://127.0.0.1:{port}" + path;
  }

  @Override
  public String module() {
    return "demo-http";
  }

  @Override
  public Class<?> subject() {
    return HeddleHttp.class;
  }

  @Override
  public boolean usual() {
    return name.equals("http");
  }
}
