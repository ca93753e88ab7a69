package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.baselines.HeddleHttp;
import dev.heddle.benchmarks.command.Quantity;
import dev.heddle.benchmarks.load.ErrorKind;
import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Pace;
import dev.heddle.benchmarks.load.Target;
import dev.heddle.benchmarks.report.Capacity;
import dev.heddle.benchmarks.report.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.TypeConversionException;

/// The tables that textbooks quote, measured here: the ways to serve many connections that came one
/// after another, each with more and more of them.
///
/// Each cell is a server of its own, warmed by a few connections; then all connect and ask as fast
/// as they are answered. A connection without a reply at the end is one that this way could not
/// serve.
///
/// @param connections how many, table by table
record History(List<Integer> connections) {
  /// What the textbooks have.
  static final String USUAL = "100,1k,5k,10k";

  private static final Map<String, String> MODES = modes();
  private static final int MOST = 100_000;
  private static final int WARM_UP_CONNECTIONS = 50;
  private static final int CONNECT_RATE = 5_000;
  private static final Duration WARM_UP = Duration.ofMillis(1_500);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final double MEBIBYTE = 1 << 20;

  private static Map<String, String> modes() {
    Map<String, String> modes = new LinkedHashMap<>();
    modes.put("platform", "platform");
    modes.put("pool 100", "pool --threads=100");
    modes.put("poll", "selector --selector-provider=poll");
    modes.put("epoll", "selector --selector-provider=epoll");
    modes.put("virtual", "virtual");
    return modes;
  }

  /// Reads numbers of connections with commas between them.
  ///
  /// @throws IllegalArgumentException when one is none, or too large
  static History parse(String text) {
    List<Integer> connections = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      try {
        connections.add(new Quantity.OfCount().convert(word));
      } catch (TypeConversionException wrong) {
        throw new IllegalArgumentException("history: " + wrong.getMessage(), wrong);
      }
    }
    if (connections.stream().anyMatch(number -> number < 1 || number > MOST)) {
      throw new IllegalArgumentException("history: connections must be from 1 to " + MOST);
    }
    return new History(List.copyOf(connections));
  }

  /// What is told of it: not all that a plan says holds here.
  Conditions conditions(Pinning pinning) {
    return new Conditions(
        1,
        1,
        WINDOW.toNanos() / 1e9,
        true,
        pinning.describe(),
        pinning.shares(),
        String.join(" ", JvmMemory.OPTIONS));
  }

  /// How many servers there are to measure.
  int cells() {
    return MODES.size() * connections.size();
  }

  /// Measures one table, and tells `found` of each of its lines.
  void measure(int connections, Servers servers, Progress progress, Consumer<Capacity> found) {
    for (String mode : MODES.keySet()) {
      if (servers.closed()) {
        return;
      }
      progress.begin(Work.HISTORY, "history %s, %,d connections".formatted(mode, connections));
      found.accept(measure(servers, mode, connections));
    }
  }

  private static Capacity measure(Servers servers, String mode, int connections) {
    try {
      Contender contender =
          Contender.backend(MODES.getOrDefault(mode, mode), Contender.program(HeddleHttp.class));
      ServerProcess server = servers.start(contender, JvmMemory.OPTIONS, "history-" + connections);
      try {
        return measure(server, mode, connections);
      } catch (IOException failure) {
        throw server.explain(failure);
      } finally {
        servers.stop(server);
      }
    } catch (IOException failure) {
      return Capacity.failed(mode, connections, String.valueOf(failure.getMessage()));
    }
  }

  private static Capacity measure(ServerProcess server, String mode, int connections)
      throws IOException {
    Target target = Target.parse("http://127.0.0.1:" + server.port() + "/plaintext");
    try (Generator few = Generator.open(plan(target, WARM_UP_CONNECTIONS))) {
      few.run(WARM_UP);
    }
    try (Generator generator = Generator.open(plan(target, connections))) {
      Path process = Path.of("/proc", Long.toString(server.pid()));
      Usage before = Usage.of(server.pid());
      LoadResult result = generator.run(Pace.closedLoop(), WINDOW);
      Usage used = Usage.of(server.pid()).since(before);
      int alive = (int) Math.max(0, connections - failed(generator, result));
      return new Capacity(
          mode,
          connections,
          alive,
          result.perSecond(),
          JvmMemory.resident(process) / MEBIBYTE,
          threads(process),
          used.switches() / (result.elapsed().toNanos() / 1e9),
          reason(alive, result, generator.opening().errors()));
    }
  }

  private static LoadPlan plan(Target target, int connections) {
    return LoadPlan.to(target)
        .connections(connections)
        .connectRate(CONNECT_RATE)
        .timeout(TIMEOUT)
        .build();
  }

  private static long failed(Generator generator, LoadResult result) {
    long unopened = generator.opening().errors().values().stream().mapToLong(n -> n).sum();
    return Math.max(unopened, result.errorCount());
  }

  /// Why not all are alive.
  static String reason(int alive, LoadResult result, Map<ErrorKind, Long> opening) {
    Map<ErrorKind, Long> errors = result.errorCount() == 0 ? opening : result.errors();
    if (errors.isEmpty()) {
      return result.starved() == 0
          ? ""
          : "%,d connections waited over a second".formatted(result.starved());
    }
    if (errors.keySet().equals(Set.of(ErrorKind.TIMEOUT))) {
      return "connection %,d waits".formatted(alive + 1);
    }
    StringBuilder all = new StringBuilder();
    errors.forEach(
        (kind, count) ->
            all.append(all.isEmpty() ? "" : ", ").append("%,d %s".formatted(count, kind.label())));
    return all.toString();
  }

  private static int threads(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("Threads:")) {
        return Integer.parseInt(line.replaceAll("\\D", ""));
      }
    }
    return 0;
  }
}
