package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A server that is slow in a known way shows as slow as it is.
class LatencyTest {
  private static final int LENGTH = 64;

  @Test
  void aReplyDelayedBy5MillisecondsHasAMedianOf5Milliseconds() throws IOException {
    TestServer.Script delayed =
        (client, _) -> {
          while (true) {
            byte[] message = client.read(LENGTH);
            Thread.sleep(5);
            client.write(message);
          }
        };
    try (TestServer server = TestServer.start(delayed);
        Generator generator =
            Generator.open(LoadPlan.to(server.target("tcp")).connections(4).build())) {
      LoadResult closed = generator.run(Duration.ofMillis(300));
      LoadResult open = generator.run(Pace.openLoop(200), Duration.ofMillis(300));
      assertThat(closed.latencyMicros(50)).isBetween(5_000.0, 20_000.0);
      assertThat(open.latencyMicros(50)).isBetween(5_000.0, 20_000.0);
      assertThat(open.answered() + open.unsent()).isEqualTo(60);
    }
  }

  /// Freezes all its connections for the last third of each 300 milliseconds.
  private static final class Freezing implements TestServer.Script {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long FREEZE = TimeUnit.MILLISECONDS.toNanos(100);
    private final long start = System.nanoTime();

    @Override
    public void play(TestServer.Client client, TestServer server) throws Exception {
      while (true) {
        byte[] message = client.read(LENGTH);
        long left = PERIOD - (System.nanoTime() - start) % PERIOD;
        if (left < FREEZE) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
        client.write(message);
      }
    }
  }

  @Test
  void aFreezingServerShowsAtAFixedRateAndHidesInAClosedLoop() throws IOException {
    try (TestServer server = TestServer.start(new Freezing());
        Generator generator =
            Generator.open(LoadPlan.to(server.target("tcp")).connections(4).build())) {
      LoadResult open = generator.run(Pace.openLoop(1_000), Duration.ofMillis(600));
      LoadResult closed = generator.run(Duration.ofMillis(600));
      assertThat(open.latencyMicros(99)).isGreaterThan(70_000);
      assertThat(closed.latencyMicros(99)).isLessThan(70_000);
      assertThat(closed.latencyMicros(100)).isGreaterThan(70_000);
      assertThat(open.answered() + open.unsent()).isEqualTo(600);
    }
  }

  @Test
  void aRateBeyondTheServerLeavesMessagesUnsentAndCountsTheirWait() throws IOException {
    TestServer.Script slow =
        (client, _) -> {
          while (true) {
            byte[] message = client.read(LENGTH);
            Thread.sleep(50);
            client.write(message);
          }
        };
    try (TestServer server = TestServer.start(slow);
        Generator generator =
            Generator.open(LoadPlan.to(server.target("tcp")).connections(1).build())) {
      LoadResult result = generator.run(Pace.openLoop(1_000), Duration.ofMillis(300));
      assertThat(result.answered() + result.unsent()).isEqualTo(300);
      assertThat(result.answered()).isBetween(1L, 7L);
      assertThat(result.latency().getTotalCount()).isEqualTo(300);
      assertThat(result.latencyMicros(50)).isGreaterThan(50_000);
    }
  }
}
