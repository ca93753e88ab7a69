package dev.heddle.benchmarks.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.load.Generator;
import dev.heddle.benchmarks.load.LoadPlan;
import dev.heddle.benchmarks.load.LoadResult;
import dev.heddle.benchmarks.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each baseline answers each message rightly, whatever their size and number.
class BaselinesTest {
  private record Shape(int payload, int pipeline) {}

  private static final List<Shape> SHAPES =
      List.of(new Shape(1, 1), new Shape(64, 16), new Shape(65_537, 1), new Shape(1_000_000, 3));

  static Stream<Arguments> baselines() {
    return Stream.of(
        Arguments.of("inline echo", "tcp", "", InlineEcho.server()),
        Arguments.of("netty echo", "tcp", "", NettyEcho.server()),
        Arguments.of("inline http", "http", "/", InlineHttp.server()),
        Arguments.of("netty http", "http", "/plaintext", NettyHttp.server()),
        Arguments.of("inline ws", "ws", "/echo", InlineWs.server()),
        Arguments.of("netty ws", "ws", "/echo", NettyWs.server()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("baselines")
  void answersEveryMessage(String name, String scheme, String path, BaselineCommand.Server server)
      throws Exception {
    CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().start(() -> serve(server, listening));
    int port = listening.get(10, TimeUnit.SECONDS).getPort();
    try {
      for (Shape shape : SHAPES) {
        LoadPlan plan =
            LoadPlan.to(Target.parse(scheme + "://127.0.0.1:" + port + path))
                .connections(20)
                .payload(shape.payload)
                .pipeline(shape.pipeline)
                .build();
        try (Generator generator = Generator.open(plan)) {
          LoadResult result = generator.run(Duration.ofMillis(100));
          assertThat(result.errors()).as("%s", shape).isEmpty();
          assertThat(result.answered()).as("%s", shape).isGreaterThanOrEqualTo(20);
        }
      }
    } finally {
      thread.interrupt();
      thread.join();
    }
  }

  private static void serve(
      BaselineCommand.Server server, CompletableFuture<InetSocketAddress> listening) {
    try {
      server.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), listening::complete);
    } catch (Exception ended) {
      listening.completeExceptionally(ended);
    }
  }
}
