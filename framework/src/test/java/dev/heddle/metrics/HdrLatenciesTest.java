package dev.heddle.metrics;

import static dev.heddle.metrics.ObservedServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HdrLatenciesTest {
  private static void record(HdrLatencies latencies, String route, long nanos) {
    RequestWatch watch = latencies.requestStarted(null);
    watch.served(new ServedRequest("HTTP/1.1", "GET", route, 200, 0, 0, nanos, true));
  }

  @Test
  void percentilesAreWithinOnePercent() {
    HdrLatencies latencies = new HdrLatencies();
    for (int i = 1; i <= 1000; i++) {
      record(latencies, "/a", TimeUnit.MILLISECONDS.toNanos(i));
    }
    Histogram total = latencies.total();
    assertThat(total.getValueAtPercentile(50)).isCloseTo(500_000_000, within(5_000_000L));
    assertThat(total.getValueAtPercentile(99)).isCloseTo(990_000_000, within(9_900_000L));
    assertThat(total.getMaxValue()).isCloseTo(1_000_000_000, within(10_000_000L));
    assertThat(latencies.total().getTotalCount()).isZero();
  }

  @Test
  void aTimeOffTheScaleCountsAtItsEnd() {
    HdrLatencies latencies = new HdrLatencies();
    record(latencies, "/a", -1);
    record(latencies, "/a", Long.MAX_VALUE);
    Histogram total = latencies.total();
    assertThat(total.getTotalCount()).isEqualTo(2);
    assertThat(total.getMaxValue()).isCloseTo(HdrLatencies.LONGEST, within(6_000_000_000L));
  }

  @Test
  void anIntervalIsOfEachRouteByItself() {
    HdrLatencies latencies = new HdrLatencies();
    record(latencies, "/a", 1_000_000);
    record(latencies, "/b", 2_000_000);
    record(latencies, "/b", 2_000_000);
    Map<RequestLabels, Histogram> interval = latencies.interval();
    assertThat(interval.get(new RequestLabels("HTTP/1.1", "GET", "/a", "2xx")).getTotalCount())
        .isEqualTo(1);
    assertThat(interval.get(new RequestLabels("HTTP/1.1", "GET", "/b", "2xx")).getTotalCount())
        .isEqualTo(2);
    record(latencies, "/a", 1_000_000);
    assertThat(latencies.interval()).hasSize(1);
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource("dev.heddle.TestBackends#names")
  void onlyRequestsThatSomebodyWantsAreTimed(String backend) throws Exception {
    AtomicBoolean wanted = new AtomicBoolean();
    HdrLatencies latencies = new HdrLatencies(wanted::get);
    try (ObservedServer server = new ObservedServer(backend, latencies)) {
      server.exchange(request("GET /users/1"));
      wanted.set(true);
      server.exchange(request("GET /users/2") + request("GET /users/3"));
      assertThat(latencies.total().getTotalCount()).isEqualTo(2);
    }
  }
}
