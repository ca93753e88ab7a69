package dev.heddle.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.command.Invocation;
import dev.heddle.benchmarks.command.Quantity;
import dev.heddle.benchmarks.command.TimeFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `load broadcast`: fills a room and has one more connection talk to it.
@Command(
    name = "broadcast",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills a WebSocket room, has one more connection talk, and checks that every member gets"
          + " every message, once and in order.",
      "Latency is from when a message was meant to be sent to when a member has read it."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every member got every message",
      "1:the server cannot be reached, or some message was lost",
      "2:an option is wrong"
    })
public final class BroadcastCommand implements Callable<Integer> {
  @Parameters(paramLabel = "URL", description = "ws://host[:port][/path]")
  private String url = "";

  @Option(
      names = {"-m", "--members"},
      converter = Quantity.OfCount.class,
      defaultValue = "5k",
      description = "Who listens (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = {"-R", "--rate"},
      converter = Quantity.OfRate.class,
      defaultValue = "10",
      description = "Messages a second, each to all members (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Mixin private final TimeFlags time = new TimeFlags("10s", "5s", "10s");

  @Option(
      names = "--join",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What each says once it is connected (default: nothing).")
  private String join = "";

  @Option(
      names = "--message",
      paramLabel = "TEXT",
      defaultValue = "{\"message\":\"{text}\"}",
      description = "What the talker says, with {text} in it (default: ${DEFAULT-VALUE}).")
  private String message = "";

  @Option(
      names = {"-H", "--header"},
      paramLabel = "LINE",
      description = "A header field of the handshakes, 'Name: value'; may be repeated.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--pid", description = "The server's process, to show its processor time.")
  private @Nullable Long pid;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private final Invocation invocation = new Invocation();

  @Override
  public Integer call() throws IOException {
    BroadcastPlan plan = invocation.checked(this::plan);
    Duration window = invocation.checked(time::duration);
    PrintWriter out = invocation.out();
    CpuClock clock = pid == null ? null : CpuClock.ofProcess(pid);
    try (Interruption _ = Interruption.does(() -> invocation.tell("interrupted"));
        Broadcast room = Broadcast.open(plan)) {
      if (time.warmUp().isPositive()) {
        room.run(rate, time.warmUp(), clock);
      }
      BroadcastResult result = room.run(rate, window, clock);
      if (json) {
        out.println(json(plan, result).toPrettyString());
      } else {
        print(plan, result, out);
      }
      return result.sound() ? 0 : 1;
    } finally {
      out.flush();
    }
  }

  private BroadcastPlan plan() {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("rate must be above 0");
    }
    return new BroadcastPlan(Target.parse(url), members, join, message, headers, time.timeout());
  }

  private void print(BroadcastPlan plan, BroadcastResult result, PrintWriter out) {
    out.println(plan.target());
    out.printf(
        Locale.ROOT, "  room       %,d members, %,.1f messages a second%n", plan.members(), rate);
    out.printf(
        Locale.ROOT,
        "  delivered  %,d of %,d messages to each: %,d, %,.0f a second%n",
        result.delivered() / plan.members(),
        result.sent(),
        result.delivered(),
        result.perSecond());
    out.printf(
        Locale.ROOT,
        "  missing    %,d; came twice or late %,d%n",
        result.missing(),
        result.repeated());
    out.printf(
        "  latency    p50 %s  p90 %s  p99 %s  p99.9 %s  max %s%n",
        micros(result, 50),
        micros(result, 90),
        micros(result, 99),
        micros(result, 99.9),
        micros(result, 100));
    out.printf("  errors     %s%n", LoadReport.errors(result.errors()));
    if (!result.serverCpu().isNegative()) {
      out.printf(
          Locale.ROOT,
          "  server     %.2f us CPU a delivery%n",
          result.perDelivery(result.serverCpu()));
    }
    out.printf(
        Locale.ROOT,
        "  generator  %.2f us CPU a delivery%n",
        result.perDelivery(result.generatorCpu()));
  }

  private static String micros(BroadcastResult result, double percentile) {
    return LoadReport.micros(result.latency().getValueAtPercentile(percentile) / 1e3);
  }

  private ObjectNode json(BroadcastPlan plan, BroadcastResult result) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("target", plan.target().toString());
    node.put("members", plan.members());
    node.put("rate", rate);
    node.put("messages", result.sent());
    node.put("delivered", result.delivered());
    node.put("missing", result.missing());
    node.put("repeated", result.repeated());
    ObjectNode latency = node.putObject("latencyMicros");
    for (double percentile : new double[] {50, 90, 99, 99.9}) {
      latency.put(
          "p" + String.format(Locale.ROOT, percentile % 1 == 0 ? "%.0f" : "%.1f", percentile),
          result.latency().getValueAtPercentile(percentile) / 1e3);
    }
    latency.put("max", result.latency().getMaxValue() / 1e3);
    ObjectNode errors = node.putObject("errors");
    result.errors().forEach((kind, count) -> errors.put(kind.label(), count));
    if (!result.serverCpu().isNegative()) {
      node.put("serverCpuMicrosPerDelivery", result.perDelivery(result.serverCpu()));
    }
    node.put("generatorCpuMicrosPerDelivery", result.perDelivery(result.generatorCpu()));
    return node;
  }
}
