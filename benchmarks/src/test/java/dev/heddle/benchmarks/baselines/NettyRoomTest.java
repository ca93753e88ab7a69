package dev.heddle.benchmarks.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.load.Broadcast;
import dev.heddle.benchmarks.load.BroadcastPlan;
import dev.heddle.benchmarks.load.BroadcastResult;
import dev.heddle.benchmarks.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NettyRoomTest {
  @Test
  void tellsAllWhatOneSays() throws Exception {
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    NettyRoom.server()
                        .serve(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            listening::complete);
                  } catch (Exception ended) {
                    listening.completeExceptionally(ended);
                  }
                });
    int port = listening.get(10, TimeUnit.SECONDS).getPort();
    for (String said :
        List.of("{\"message\":\"{text}\"}", "{\"message\":\"" + "x".repeat(200) + "{text}\"}")) {
      BroadcastPlan plan =
          new BroadcastPlan(
              Target.parse("ws://127.0.0.1:" + port + "/chat"),
              50,
              "",
              said,
              List.of(),
              Duration.ofSeconds(10));
      try (Broadcast broadcast = Broadcast.open(plan)) {
        BroadcastResult result = broadcast.run(100, Duration.ofMillis(200), null);
        assertThat(result.sound()).isTrue();
        assertThat(result.delivered()).isEqualTo(50 * 20);
      }
    }
    thread.interrupt();
    thread.join();
  }
}
