package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinningTest {
  @Test
  void keepsServerAndGeneratorApart() {
    assertThat(Pinning.apart(List.of(2, 5, 7))).isEqualTo(new Pinning("2", "7"));
    assertThat(Pinning.apart(List.of(3))).isEqualTo(Pinning.NONE);
  }

  @Test
  void readsListsOfProcessors() {
    assertThat(Pinning.processors("0-2,7")).containsExactly(0, 1, 2, 7);
  }

  @Test
  void startsServersUnderTaskset() {
    assertThat(Pinning.parse("0-1:2").prefix()).containsExactly("taskset", "-c", "0-1");
    assertThat(Pinning.parse("none").prefix()).isEmpty();
  }

  @Test
  void saysWhatItDoesToTheServersJvm() {
    assertThat(Pinning.parse("0:1").describe())
        .isEqualTo(
            "server on processor 0, generator on 1: the server's availableProcessors() is 1, so it"
                + " has one carrier or loop");
    assertThat(Pinning.parse("0-3:4").describe()).endsWith("availableProcessors() is 4");
    assertThat(Pinning.NONE.describe())
        .startsWith("not pinned: the server and the generator share");
  }

  @Test
  void knowsWhenBothHaveAProcessorInCommon() {
    assertThat(Pinning.parse("0:1").shares()).isFalse();
    assertThat(Pinning.parse("0-2:2,3").shares()).isTrue();
    assertThat(Pinning.NONE.shares()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0:", "a:b", "0:1:2", "-1:0", "; rm"})
  void refusesWhatTasksetWouldNot(String text) {
    assertThatThrownBy(() -> Pinning.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pin must be auto, none, or processors");
  }
}
