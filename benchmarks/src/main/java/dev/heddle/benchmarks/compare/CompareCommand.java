package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.command.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "2:an option is wrong",
      "130:interrupted by Ctrl-C"
    })
public final class CompareCommand implements Callable<Integer> {
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

  @Mixin private final Invocation invocation = new Invocation();

  @Override
  public Integer call() throws IOException {
    Plan plan = invocation.checked(measuring::plan);
    Pinning pinning = invocation.checked(() -> Pinning.parse(pin));
    if (history != null) {
      String numbers = history;
      History tables = invocation.checked(() -> History.parse(numbers));
      Findings findings = new Findings(invocation, tables.conditions(pinning), out);
      Servers servers = prepare(findings, pinning);
      return new HistoryRun(tables, plan, findings).run(servers);
    }
    List<Competition> competitions = invocation.checked(() -> competitions(plan));
    Findings findings = new Findings(invocation, plan.conditions(pinning), out);
    Servers servers = prepare(findings, pinning);
    return new Tournament(competitions, plan, findings).run(servers);
  }

  private List<Competition> competitions(Plan plan) throws IOException {
    List<Competition> competitions = lineup.competitions(measuring.preset());
    for (Competition competition : competitions) {
      var _ = plan.load(competition.at(1)); // says what is wrong with the load or the URL
    }
    return competitions;
  }

  private static Servers prepare(Findings findings, Pinning pinning) throws IOException {
    findings.createFolder();
    pinning.moveGenerator();
    return new Servers(pinning, findings.logs());
  }
}
