package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      converter = Quantity.OfCount.class,
      defaultValue = "64",
      description = "Connections to hold open (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--threads",
      converter = Quantity.OfCount.class,
      defaultValue = "1",
      description = "Threads that share them; one drives 10k (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--payload",
      converter = Quantity.OfCount.class,
      description = "Bytes of a message (default: 64 for tcp, 125 for ws).")
  private @Nullable Integer payload;

  @Option(
      names = "--pipeline",
      converter = Quantity.OfCount.class,
      defaultValue = "1",
      description = "Messages under way on a connection (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  @Option(
      names = {"-d", "--duration"},
      converter = Quantity.OfDuration.class,
      defaultValue = "10s",
      description = "How long to measure (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--warmup",
      converter = Quantity.OfDuration.class,
      defaultValue = "2s",
      description = "How long to load before that (default: ${DEFAULT-VALUE}).")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = {"-R", "--rate"},
      converter = Quantity.OfRate.class,
      description = "Messages a second over all connections, whatever the server does.")
  private @Nullable Double rate;

  @Option(
      names = "--timeout",
      converter = Quantity.OfDuration.class,
      defaultValue = "5s",
      description = "The longest wait for a connection or a reply (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--connect-rate",
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

  @Option(names = "--body", description = "Content of an HTTP request.")
  private @Nullable String body;

  @Option(names = "--method", description = "HTTP method (default: GET, with --body POST).")
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
      arity = "0..1",
      fallbackValue = "10s",
      converter = Quantity.OfDuration.class,
      description =
          "Send one message on each connection, hold them idle that long (default:"
              + " ${FALLBACK-VALUE}), then send one more on each.")
  private @Nullable Duration idle;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    LoadPlan plan = plan();
    Pace pace = pace();
    if (!duration.isPositive()) {
      throw usage("duration must be above 0");
    }
    PrintWriter out = spec().commandLine().getOut();
    try (Generator generator = Generator.open(plan)) {
      return idle == null ? measure(generator, plan, pace, out) : hold(generator, plan, idle, out);
    } finally {
      out.flush();
    }
  }

  private LoadPlan plan() {
    if (url.isEmpty()) {
      throw usage("Missing required parameter: 'URL'");
    }
    try {
      String verb = method != null ? method : body == null ? "GET" : "POST";
      return LoadPlan.to(Target.parse(url))
          .connections(connections)
          .threads(threads)
          .payload(payload())
          .pipeline(pipeline)
          .connectRate(connectRate)
          .timeout(timeout)
          .request(
              new HttpRequest(
                  verb, headers, body == null ? "" : body, expectStatus, expectedContent()))
          .build();
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong.getMessage());
    }
  }

  private ExpectedContent expectedContent() {
    return expectEcho
        ? new ExpectedContent.Echo()
        : expectLength == null ? ExpectedContent.ANY : new ExpectedContent.OfLength(expectLength);
  }

  private int payload() {
    if (payload == null) {
      return 0;
    }
    if (payload == 0) {
      throw new IllegalArgumentException("payload must be above 0");
    }
    return payload;
  }

  private Pace pace() {
    if (rate == null) {
      return Pace.closedLoop();
    }
    try {
      return Pace.openLoop(rate);
    } catch (IllegalArgumentException wrong) {
      throw usage(wrong.getMessage());
    }
  }

  private int measure(Generator generator, LoadPlan plan, Pace pace, PrintWriter out)
      throws IOException {
    LoadResult result;
    try (Progress progress = Progress.of(generator, warmup, duration)) {
      if (warmup.isPositive()) {
        generator.run(pace, warmup);
        progress.next();
      }
      result = generator.run(pace, duration);
    }
    if (json) {
      out.println(LoadJson.of(plan, generator.opening(), result));
    } else {
      new LoadReport(plan, out).print(generator.opening(), result);
    }
    return result.errorCount() == 0 ? 0 : 1;
  }

  private int hold(Generator generator, LoadPlan plan, Duration idle, PrintWriter out)
      throws IOException {
    IdleResult result = IdleResult.measure(generator, idle);
    if (json) {
      out.println(LoadJson.of(plan, result));
    } else {
      new LoadReport(plan, out).print(result);
    }
    return result.errorCount() == 0 ? 0 : 1;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("runs by its command line only");
    }
    return spec;
  }

  private ParameterException usage(@Nullable String message) {
    return new ParameterException(spec().commandLine(), String.valueOf(message));
  }
}
