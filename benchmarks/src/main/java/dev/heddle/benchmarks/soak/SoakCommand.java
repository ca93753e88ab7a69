package dev.heddle.benchmarks.soak;

import dev.heddle.benchmarks.command.Interruption;
import dev.heddle.benchmarks.command.Invocation;
import dev.heddle.benchmarks.command.Quantity;
import dev.heddle.benchmarks.command.TimeFlags;
import dev.heddle.benchmarks.load.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `soak`: lets chaos loose on a server and looks at what it still holds afterwards.
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets peers of every kind loose on a server: proper, pipelining, invalid, slow, half-closing,"
          + " resetting, vanishing and deaf ones.",
      "Compares what the server's process holds before and after: live heap, descriptors, threads."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:the server answered rightly, and holds no more than before",
      "1:it does, or it cannot be reached, or it answered a proper peer wrongly",
      "2:an option is wrong"
    })
public final class SoakCommand implements Callable<Integer> {
  private static final int POLL_MILLIS = 500;

  @Parameters(
      paramLabel = "URL",
      description = "tcp://host:port of an echo, http://host:port/path, or ws://host:port/echo")
  private String url = "";

  @Option(
      names = "--pid",
      paramLabel = "PID",
      required = true,
      description = "The server's process, on this machine.")
  private long pid;

  @Option(
      names = "--peers",
      paramLabel = "N",
      converter = Quantity.OfCount.class,
      defaultValue = "100",
      description = "Peers at a time (default: ${DEFAULT-VALUE}).")
  private int peers;

  @Mixin private final TimeFlags time = new TimeFlags("1h", "30s", "15s");

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      converter = Quantity.OfDuration.class,
      defaultValue = "30s",
      description =
          "The longest wait for the server to let go of the last peers (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration settle = Duration.ZERO;

  @Option(
      names = "--pause-file",
      paramLabel = "FILE",
      description =
          "While there is such a file, peers end what they have begun and begin nothing new, and"
              + " the time does not count: where others measure on the machine, too.")
  private @Nullable Path pauseFile;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Makes the same peers again (default: a new one).")
  private @Nullable Long seed;

  @Mixin private final Invocation invocation = new Invocation();

  @Override
  public Integer call() throws IOException, InterruptedException {
    long chosen = seed == null ? System.nanoTime() : seed;
    Chaos chaos = invocation.checked(() -> chaos(chosen));
    Duration window = invocation.checked(time::duration);
    try (Interruption _ = Interruption.does(() -> invocation.tell("interrupted"))) {
      return soak(chaos, window, chosen);
    }
  }

  private int soak(Chaos chaos, Duration window, long chosen)
      throws IOException, InterruptedException {
    PrintWriter out = invocation.out();
    out.printf("%s: %d peers at a time, seed %d%n", url, peers, chosen);
    out.flush();
    int idle = Holdings.descriptors(pid);
    chaos.rage(new Timekeeper(time.warmUp(), pauseFile));
    settle(idle);
    Holdings begin = Holdings.of(pid);
    tell(out, "before  " + begin);
    chaos.rage(new Timekeeper(window, pauseFile));
    settle(begin.descriptors());
    Holdings end = Holdings.of(pid);
    tell(out, "after   " + end);
    chaos
        .played()
        .forEach(
            (behaviour, count) ->
                tell(out, String.format(Locale.ROOT, "  %-13s %,d", name(behaviour), count.sum())));
    List<String> grown = end.grownSince(begin);
    chaos.faults().forEach(fault -> tell(out, "! " + fault));
    grown.forEach(what -> tell(out, "! grown: " + what));
    if (chaos.faults().isEmpty() && grown.isEmpty()) {
      tell(out, "sound: every proper peer was answered, and nothing has grown");
      return 0;
    }
    return 1;
  }

  private Chaos chaos(long seed) throws IOException {
    if (peers < 1) {
      throw new IllegalArgumentException("peers must be above 0");
    }
    return new Chaos(Target.parse(url), peers, time.timeout(), seed);
  }

  private static String name(Behaviour behaviour) {
    return behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /// Waits until the server has let go of the last connections, or long enough.
  private void settle(int descriptors) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + settle.toNanos();
    while (Holdings.descriptors(pid) > descriptors && System.nanoTime() - deadline < 0) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
