package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.report.Capacity;
import dev.heddle.benchmarks.report.CapacityText;
import dev.heddle.benchmarks.report.Comparison;
import dev.heddle.benchmarks.report.Conditions;
import dev.heddle.benchmarks.report.Contest;
import dev.heddle.benchmarks.report.ContestText;
import dev.heddle.benchmarks.report.Machine;
import dev.heddle.benchmarks.report.ReportFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `compare`: the same handler on every backend, measured in turn.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the same handler on every backend, beside servers made without Heddle, and compares"
          + " throughput, processor time, latency and memory.",
      "Each server has a JVM of its own, is warmed, and is measured in turn with the others, round"
          + " by round: as fast as it answers, then at a fixed rate."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all were measured",
      "1:a server could not be measured, or did not answer everything rightly",
      "2:an option is wrong"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int ENVIRONMENT = 1;

  @Mixin private final LineupFlags lineup = new LineupFlags();

  @Mixin private final PlanFlags measuring = new PlanFlags();

  @Option(
      names = "--pin",
      paramLabel = "CPUS",
      defaultValue = "auto",
      description =
          "auto: the server on one processor, the generator on another; none; or which, as 0:1"
              + " (default: ${DEFAULT-VALUE}).")
  private String pin = "auto";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FOLDER",
      defaultValue = "report",
      description = "Where the report goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("report");

  @Option(
      names = "--history",
      arity = "0..1",
      fallbackValue = History.USUAL,
      paramLabel = "N,N...",
      description =
          "The tables that textbooks quote, in place of all else: threads, a pool, poll, epoll and"
              + " virtual threads, with so many connections (default: ${FALLBACK-VALUE}).")
  private @Nullable String history;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Competition> competitions = List.of();
    History tables = null;
    Plan plan;
    Pinning pinning;
    try {
      plan = measuring.plan();
      pinning = Pinning.parse(pin);
      tables = history == null ? null : History.parse(history);
      competitions = tables != null ? List.of() : lineup.competitions(measuring.preset());
      for (Competition competition : competitions) {
        var _ = plan.load(competition.at(1)); // says what is wrong with the load or the URL
      }
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec().commandLine(), String.valueOf(wrong.getMessage()));
    }
    createOut();
    pinning.moveGenerator();
    return tables == null ? compare(competitions, plan, pinning) : tell(tables, plan, pinning);
  }

  private int compare(List<Competition> competitions, Plan plan, Pinning pinning)
      throws IOException {
    int contenders =
        competitions.stream().mapToInt(competition -> competition.contenders().size()).sum();
    PrintWriter err = spec().commandLine().getErr();
    Progress progress = Progress.on(err, new Estimate(plan, contenders));
    Servers servers = new Servers(pinning, out.resolve("logs"));
    Conditions conditions = plan.conditions(pinning);
    try (Session session = new Session(plan, servers, progress)) {
      Thread abandon = new Thread(() -> abandon(session, conditions), "abandon");
      Runtime.getRuntime().addShutdownHook(abandon);
      for (Competition competition : competitions) {
        Contest contest = session.run(competition, lineup.baseOf(competition));
        if (!session.abandoned()) {
          progress.clear();
          print(contest, conditions);
        }
      }
      if (session.abandoned()) {
        return ENVIRONMENT; // the hook has told all
      }
      Runtime.getRuntime().removeShutdownHook(abandon);
      return finish(session.contests(), List.of(), conditions);
    }
  }

  private int tell(History tables, Plan plan, Pinning pinning) throws IOException {
    List<Capacity> found = new CopyOnWriteArrayList<>();
    Estimate estimate = Estimate.ofHistory(plan, tables.cells());
    Conditions conditions = plan.conditions(pinning);
    PrintWriter stdout = spec().commandLine().getOut();
    try (Servers servers = new Servers(pinning, out.resolve("logs"));
        Progress progress = Progress.on(spec().commandLine().getErr(), estimate)) {
      Thread end = new Thread(servers::close, "abandon");
      Runtime.getRuntime().addShutdownHook(end); // Ctrl-C: no server may outlive this
      tables.measure(
          servers,
          progress,
          table -> {
            found.addAll(table);
            progress.clear();
            CapacityText.of(table).forEach(stdout::println);
            stdout.println();
            stdout.flush();
          });
      if (servers.closed()) {
        return ENVIRONMENT;
      }
      Runtime.getRuntime().removeShutdownHook(end);
    }
    CapacityText.LEGEND.forEach(stdout::println);
    return finish(List.of(), found, conditions);
  }

  private void createOut() throws IOException {
    try {
      Files.createDirectories(out);
    } catch (IOException refused) {
      throw new IOException("cannot create the folder " + out, refused);
    }
  }

  /// Ctrl-C, or a signal to end: no server may outlive this, and what is known so far is told.
  private void abandon(Session session, Conditions conditions) {
    List<Contest> soFar = session.contests();
    session.close();
    spec().commandLine().getErr().printf("compare: interrupted; what was measured so far:%n");
    soFar.forEach(contest -> print(contest, conditions));
  }

  private void print(Contest contest, Conditions conditions) {
    PrintWriter stdout = spec().commandLine().getOut();
    ContestText.of(contest, conditions).forEach(stdout::println);
    stdout.println();
    stdout.flush();
  }

  private int finish(List<Contest> contests, List<Capacity> found, Conditions conditions)
      throws IOException {
    Comparison comparison =
        new Comparison(
            OffsetDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).toString(),
            "./heddle "
                + String.join(" ", spec().root().commandLine().getParseResult().originalArgs()),
            Machine.read(),
            conditions,
            contests,
            found);
    Path page = ReportFiles.write(comparison, out);
    spec().commandLine().getOut().println("Report: " + page);
    return comparison.sound() ? 0 : ENVIRONMENT;
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("runs by its command line only");
    }
    return spec;
  }
}
