package dev.heddle.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Results as JSON. Times are in seconds or microseconds, as their names say.
final class LoadJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LoadJson() {}

  static String of(LoadPlan plan, Opening opening, LoadResult result) {
    ObjectNode root = plan(plan);
    root.set("opening", opening(opening));
    root.setAll(result(result));
    return root.toPrettyString();
  }

  static String of(LoadPlan plan, IdleResult result) {
    ObjectNode root = plan(plan);
    root.set("opening", opening(result.opening()));
    root.set("first", result(result.first()));
    root.set("idle", result(result.idle()));
    root.set("second", result(result.second()));
    return root.toPrettyString();
  }

  /// @param rate messages a second
  static String of(BroadcastPlan plan, double rate, BroadcastResult result) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("target", plan.target().toString());
    node.put("members", plan.members());
    node.put("rate", rate);
    node.put("messages", result.sent());
    node.put("delivered", result.delivered());
    node.put("missing", result.missing());
    node.put("repeated", result.repeated());
    node.set("latencyMicros", latencyMicros(result.latency()));
    node.set("errors", errors(result.errors()));
    if (!result.serverCpu().isNegative()) {
      node.put("serverCpuMicrosPerDelivery", result.perDelivery(result.serverCpu()));
    }
    node.put("generatorCpuMicrosPerDelivery", result.perDelivery(result.generatorCpu()));
    return node.toPrettyString();
  }

  private static ObjectNode plan(LoadPlan plan) {
    return MAPPER
        .createObjectNode()
        .put("target", plan.target().toString())
        .put("connections", plan.connections())
        .put("threads", plan.threads())
        .put("payload", plan.payload())
        .put("pipeline", plan.pipeline());
  }

  private static ObjectNode opening(Opening opening) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("opened", opening.opened());
    node.put("seconds", seconds(opening.took()));
    node.set("errors", errors(opening.errors()));
    return node;
  }

  private static ObjectNode result(LoadResult result) {
    ObjectNode node = MAPPER.createObjectNode();
    if (result.pace() instanceof Pace.OpenLoop open) {
      node.put("rate", open.perSecond());
    }
    node.put("seconds", seconds(result.window()));
    node.put("elapsedSeconds", seconds(result.elapsed()));
    node.put("messages", result.answered());
    node.put("messagesAfterWindow", result.drained());
    node.put("messagesUnsent", result.unsent());
    node.put("messagesPerSecond", result.perSecond());
    node.put("bytesSent", result.bytesSent());
    node.put("bytesReceived", result.bytesReceived());
    node.set("latencyMicros", latencyMicros(result.latency()));
    node.set("errors", errors(result.errors()));
    node.put("starved", result.starved());
    node.put("reconnects", result.reconnects());
    node.put("alive", result.alive());
    node.put("generatorCpuSeconds", seconds(result.cpu()));
    node.put("generatorSendLagMicrosP99", result.sendLag().getValueAtPercentile(99) / 1e3);
    return node;
  }

  private static ObjectNode latencyMicros(Histogram nanos) {
    return MAPPER
        .createObjectNode()
        .put("p50", nanos.getValueAtPercentile(50) / 1e3)
        .put("p90", nanos.getValueAtPercentile(90) / 1e3)
        .put("p99", nanos.getValueAtPercentile(99) / 1e3)
        .put("p99.9", nanos.getValueAtPercentile(99.9) / 1e3)
        .put("max", nanos.getMaxValue() / 1e3);
  }

  private static ObjectNode errors(Map<ErrorKind, Long> errors) {
    ObjectNode node = MAPPER.createObjectNode();
    errors.forEach((kind, count) -> node.put(kind.label(), count));
    return node;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
