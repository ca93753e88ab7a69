package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {
  @Test
  void readsTheTextbooksNumbersOfConnections() {
    History history = History.parse(History.USUAL);
    assertThat(history.connections()).containsExactly(100, 1_000, 5_000, 10_000);
    assertThat(history.cells()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "100,,5", "many", "1m"})
  void refusesWhatIsNoNumberOfConnections(String text) {
    assertThatThrownBy(() -> History.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("history: ");
  }
}
