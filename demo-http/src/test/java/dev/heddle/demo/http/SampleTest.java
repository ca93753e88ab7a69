package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void aSampleIsAnObject() {
    Latency latency = new Latency(1, 2, 3, 4, 5);
    assertThat(new Sample(1, 2, 3, 4, 5.25, latency).toJson())
        .isEqualTo(
            "{\"connections\":2,\"accepted\":3,\"requests\":4,\"perSecond\":5.3,"
                + "\"latency\":{\"p50\":1,\"p90\":2,\"p99\":3,\"p999\":4,\"max\":5}}");
  }

  @Test
  void noLatencyIsNull() {
    assertThat(new Sample(1, 0, 0, 0, 0, null).toJson()).endsWith("\"latency\":null}");
  }
}
