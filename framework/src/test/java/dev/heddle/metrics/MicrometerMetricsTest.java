package dev.heddle.metrics;

import static dev.heddle.metrics.ObservedServer.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MicrometerMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerMetrics metrics = new MicrometerMetrics();

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource("dev.heddle.TestBackends#names")
  void requestsAreTimedUnderTheNamesOfMicrometer(String backend) throws Exception {
    metrics.bindTo(registry);
    try (ObservedServer server = new ObservedServer(backend, metrics)) {
      server.exchange(
          request("GET /users/1").repeat(2)
              + request("HEAD /users/2")
              + request("GET /nowhere")
              + request("GET /fails"));
      server.exchange(request("GET /cut"));
      assertThat(registry.find("http.server.requests").timers())
          .allMatch(timer -> timer.totalTime(TimeUnit.NANOSECONDS) > 0)
          .extracting(MicrometerMetricsTest::describe)
          .containsExactlyInAnyOrder(
              "2 method=GET outcome=SUCCESS status=200 uri=/users/{id}",
              "1 method=HEAD outcome=SUCCESS status=200 uri=/users/{id}",
              "1 method=GET outcome=CLIENT_ERROR status=404 uri=(unmatched)",
              "1 method=GET outcome=SERVER_ERROR status=500 uri=/fails",
              "1 method=GET outcome=UNKNOWN status=200 uri=/cut");
      assertThat(registry.get("heddle.connections.accepted").functionCounter().count())
          .isEqualTo(2);
      assertThat(registry.get("heddle.connections").gauge().value()).isZero();
      assertThat(registry.get("heddle.received.bytes").functionCounter().count()).isPositive();
      assertThat(registry.get("heddle.sent.bytes").functionCounter().count()).isPositive();
    }
  }

  private static String describe(Timer timer) {
    return timer.count()
        + timer.getId().getTags().stream()
            .map(tag -> " " + tag.getKey() + "=" + tag.getValue())
            .sorted()
            .collect(Collectors.joining());
  }

  @Test
  void handshakeFailuresAreCountedByReason() {
    metrics.bindTo(registry);
    metrics.handshakeFailed(null, HandshakeFailure.TIMEOUT);
    assertThat(registry.get("heddle.tls.handshake.failures").tag("reason", "timeout").counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(1));
  }

  @Test
  void messagesAreCountedByDirectionAndKind() {
    metrics.bindTo(registry);
    metrics.messageReceived(null, MessageKind.TEXT, 10);
    metrics.messageReceived(null, MessageKind.TEXT, 20);
    metrics.messageSent(null, MessageKind.BINARY, 5);
    assertThat(
            registry
                .get("heddle.websocket.messages")
                .tags("direction", "received", "kind", "text")
                .summary()
                .totalAmount())
        .isEqualTo(30);
    assertThat(
            registry
                .get("heddle.websocket.messages")
                .tags("direction", "sent", "kind", "binary")
                .summary()
                .count())
        .isEqualTo(1);
  }

  @Test
  void beforeTheServerStartsThereIsNothing() {
    metrics.bindTo(registry);
    assertThat(registry.get("heddle.connections").gauge().value()).isZero();
    assertThat(registry.get("heddle.connections.accepted").functionCounter().count()).isZero();
  }
}
