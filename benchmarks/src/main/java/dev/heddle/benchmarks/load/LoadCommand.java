package dev.heddle.benchmarks.load;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.command.Invocation;
import dev.heddle.benchmarks.command.MessageFlags;
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

/// `load`: loads a server and tells how it bore it.
@Command(
    name = "load",
    subcommands = BroadcastCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Loads a server and measures throughput and latency, checking every reply.",
      "Without --rate each reply makes room for the next message. With --rate messages keep to"
          + " their timetable, and latency is counted from when each was meant to be sent."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:measured",
      "1:the server cannot be reached, or some reply was wrong or missing",
      "2:an option is wrong"
    })
public final class LoadCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "URL",
      arity = "0..1", // as the subcommand has its own
      description = "tcp://host:port, http://host[:port][/path] or ws://host[:port][/path]")
  private String url = "";

  @Option(
      names = {"-c", "--connections"},
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "64",
      description = "Connections to hold open (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "1",
      description = "Threads that share them; one drives 10k (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Mixin private final MessageFlags messages = new MessageFlags();

  @Mixin private final TimeFlags time = new TimeFlags("10s", "2s", "5s");

  @Option(
      names = {"-R", "--rate"},
      paramLabel = "N",
      converter = Quantity.OfRate.class,
      description = "Messages a second over all connections, whatever the server does.")
  private @Nullable Double rate;

  @Option(
      names = "--connect-rate",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "5k",
      description = "Connections to open a second, at most (default: ${DEFAULT-VALUE}).")
  private int connectRate;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "LINE",
      description =
          "A header field of http or ws, 'Name: value'; may be repeated. {n} in it differs from"
              + " request to request.")
  private List<String> headers = new ArrayList<>();

  @Option(names = "--body", paramLabel = "TEXT", description = "Content of an HTTP request.")
  private @Nullable String body;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "HTTP method (default: GET, with --body POST).")
  private @Nullable String method;

  @Option(
      names = "--expect-status",
      paramLabel = "STATUS",
      defaultValue = "200",
      description = "The status every HTTP reply must have (default: ${DEFAULT-VALUE}).")
  private int expectStatus;

  @Option(
      names = "--expect-length",
      paramLabel = "BYTES",
      description = "How much content every HTTP reply must have.")
  private @Nullable Long expectLength;

  @Option(
      names = "--expect-echo",
      description = "The content of every HTTP reply must be that of --body.")
  private boolean expectEcho;

  @Option(
      names = "--idle",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "10s",
      converter = Quantity.OfDuration.class,
      description =
          "Send one message on each connection, hold them idle that long (default:"
              + " ${FALLBACK-VALUE}), then send one more on each.")
  private @Nullable Duration idle;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private final Invocation invocation = new Invocation();

  @Override
  public Integer call() throws IOException {
    LoadPlan plan = invocation.checked(this::plan);
    Pace pace = invocation.checked(() -> rate == null ? Pace.closedLoop() : Pace.openLoop(rate));
    Duration window = invocation.checked(time::duration);
    try (Progress progress = new Progress(invocation.err());
        Interruption _ = Interruption.does(() -> interrupted(progress));
        Generator generator = Generator.open(plan)) {
      return idle == null
          ? measure(generator, plan, pace, window, progress)
          : hold(generator, plan, idle, progress);
    } finally {
      invocation.out().flush();
    }
  }

  private void interrupted(Progress progress) {
    progress.close();
    invocation.tell("interrupted");
  }

  private LoadPlan plan() {
    if (url.isEmpty()) {
      throw new IllegalArgumentException("Missing required parameter: 'URL'");
    }
    String verb = method != null ? method : body == null ? "GET" : "POST";
    return LoadPlan.to(Target.parse(url))
        .connections(connections)
        .threads(threads)
        .payload(messages.payload())
        .pipeline(messages.pipeline())
        .connectRate(connectRate)
        .timeout(time.timeout())
        .request(
            new HttpRequest(
                verb, headers, body == null ? "" : body, expectStatus, expectedContent()))
        .build();
  }

  private ExpectedContent expectedContent() {
    return expectEcho
        ? new ExpectedContent.Echo()
        : expectLength == null ? ExpectedContent.ANY : new ExpectedContent.OfLength(expectLength);
  }

  private int measure(
      Generator generator, LoadPlan plan, Pace pace, Duration window, Progress progress)
      throws IOException {
    if (time.warmUp().isPositive()) {
      progress.begin("warming up", time.warmUp(), generator);
      generator.run(pace, time.warmUp());
    }
    progress.begin("measuring", window, generator);
    LoadResult result = generator.run(pace, window);
    progress.close();
    PrintWriter out = invocation.out();
    if (json) {
      out.println(LoadJson.of(plan, generator.opening(), result));
    } else {
      new LoadReport(plan, out).print(generator.opening(), result);
    }
    return result.errorCount() == 0 ? 0 : 1;
  }

  private int hold(Generator generator, LoadPlan plan, Duration idle, Progress progress)
      throws IOException {
    progress.begin("holding", idle, generator);
    IdleResult result = IdleResult.measure(generator, idle);
    progress.close();
    PrintWriter out = invocation.out();
    if (json) {
      out.println(LoadJson.of(plan, result));
    } else {
      new LoadReport(plan, out).print(result);
    }
    return result.errorCount() == 0 ? 0 : 1;
  }
}
