package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Which processors the server and the generator run on, as `taskset` names them: `0`, `0-3`,
/// `0,2`.
///
/// @param server empty: any
/// @param generator empty: any
record Pinning(String server, String generator) {
  static final Pinning NONE = new Pinning("", "");
  private static final String PROCESSORS = "[0-9]+([-,][0-9]+)*";
  private static final Path STATUS = Path.of("/proc/self/status");

  /// Reads `none`, `auto` or `SERVER:GENERATOR`.
  ///
  /// @throws IllegalArgumentException when it is none of these
  static Pinning parse(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "auto" -> hasTaskset() ? apart(allowed()) : NONE;
      default -> {
        String[] both = text.split(":", 2);
        if (both.length < 2 || !both[0].matches(PROCESSORS) || !both[1].matches(PROCESSORS)) {
          throw new IllegalArgumentException(
              "pin must be auto, none, or processors of the server and the generator such as 0:1,"
                  + " not "
                  + text);
        }
        yield new Pinning(both[0], both[1]);
      }
    };
  }

  /// One processor each, where there are two.
  static Pinning apart(List<Integer> allowed) {
    return allowed.size() < 2
        ? NONE
        : new Pinning(allowed.getFirst().toString(), allowed.getLast().toString());
  }

  /// Reads a list of processors such as `0-2,7`.
  static List<Integer> processors(String list) {
    return List.of(list.split(",")).stream()
        .map(range -> range.split("-", 2))
        .flatMapToInt(
            range ->
                IntStream.rangeClosed(
                    Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1])))
        .boxed()
        .toList();
  }

  private static List<Integer> allowed() {
    String name = "Cpus_allowed_list:";
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> processors(line.substring(name.length()).trim()))
          .findFirst()
          .orElse(List.of());
    } catch (IOException notLinux) {
      return List.of();
    }
  }

  private static boolean hasTaskset() {
    try {
      return run("taskset", "--version") == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /// What comes before a server's command.
  List<String> prefix() {
    return server.isEmpty() ? List.of() : List.of("taskset", "-c", server);
  }

  /// Moves this process, the generator, with all its threads.
  ///
  /// @throws IOException when that cannot be done
  void moveGenerator() throws IOException {
    if (!generator.isEmpty()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      if (run("taskset", "-acp", generator, pid) != 0) {
        throw new IOException(
            "cannot pin the generator to processor " + generator + " by taskset: try --pin=none");
      }
    }
  }

  private static int run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  /// Whether the server and the generator have a processor in common.
  boolean shares() {
    return server.isEmpty()
        || processors(server).stream().anyMatch(processors(generator)::contains);
  }

  /// What this means for a reader of the figures.
  String describe() {
    if (server.isEmpty()) {
      int available = Runtime.getRuntime().availableProcessors();
      return "not pinned: the server and the generator share "
          + (available == 1 ? "one processor" : available + " processors");
    }
    int available = processors(server).size();
    return "server on processor %s, generator on %s: the server's availableProcessors() is %d"
            .formatted(server, generator, available)
        + (available == 1 ? ", so it has one carrier or loop" : "");
  }
}
