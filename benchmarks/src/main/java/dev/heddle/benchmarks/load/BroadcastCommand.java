package dev.heddle.benchmarks.load;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.command.Invocation;
import dev.heddle.benchmarks.command.Quantity;
import dev.heddle.benchmarks.command.TimeFlags;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "5k",
      description = "Who listens (default: ${DEFAULT-VALUE}).")
  private int members;

  @Option(
      names = {"-R", "--rate"},
      paramLabel = "N",
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

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "The server's process, to show its processor time.")
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
        room.warmUp(rate, time.warmUp());
      }
      BroadcastResult result = room.run(rate, window, clock);
      if (json) {
        out.println(LoadJson.of(plan, rate, result));
      } else {
        new BroadcastReport(plan, rate, out).print(result);
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
}
