package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> BACKENDS = List.of("platform", "pool", "selector", "virtual");

  @ParameterizedTest
  @CsvSource({
    "selecter, selector",
    "select, selector",
    "v, virtual",
    "virtaul, virtual",
    "poll, pool",
    "p, platform",
    "plat-form, platform",
  })
  void aWordIsTakenForTheKnownOneItResembles(String word, String expected) {
    assertThat(Nearest.to(word, BACKENDS)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"''", "netty", "x", "VIRTUAL"})
  void aWordThatResemblesNoneIsTakenForNone(String word) {
    assertThat(Nearest.to(word, BACKENDS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "a, '', 1",
    "'', ab, 2",
    "kitten, sitting, 3",
    "abc, abc, 0",
    "abc, acb, 2",
  })
  void distanceCountsLettersAddedRemovedAndReplaced(String from, String to, int expected) {
    assertThat(Nearest.distance(from, to)).isEqualTo(expected);
    assertThat(Nearest.distance(to, from)).isEqualTo(expected);
  }

  @Test
  void adviceNamesTheNearestAndAll() {
    assertThat(Nearest.advice("b", List.of("a", "bc")))
        .isEqualTo("did you mean bc? expected one of a, bc");
    assertThat(Nearest.advice("x", List.of("a", "bc"))).isEqualTo("expected one of a, bc");
  }
}
