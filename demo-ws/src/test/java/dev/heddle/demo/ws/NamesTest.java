package dev.heddle.demo.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "Ada, Ada",
    "'  Ada   Lovelace ', Ada Lovelace",
    "<script>alert(1)</script>, <script>alert(1)</script>",
    "A\u0301da, \u00C1da",
    "\uD83E\uDDF5, \uD83E\uDDF5",
    "Ζήνων, Ζήνων",
  })
  void peopleAreCalledWhatCanBeSeen(String chosen, String name) throws Exception {
    assertThat(Names.person(chosen)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000",
        "a\u0007b",
        "a\u202Eb",
        "a\u200Bb",
        "\uFEFF",
        "a\uD800",
        "\uE000",
        "123456789012345678901234567890123"
      })
  void andNothingElse(String chosen) {
    assertThatThrownBy(() -> Names.person(chosen)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @CsvSource({"Lobby, lobby", "' a_b-1 ', a_b-1", "ÄRGER, ärger"})
  void roomsAreCalledByLettersAndDigits(String chosen, String name) throws Exception {
    assertThat(Names.room(chosen)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "..", "#a", "<b>", "123456789012345678901234567890123"})
  void andByNothingElse(String chosen) {
    assertThatThrownBy(() -> Names.room(chosen)).isInstanceOf(RefusedException.class);
  }
}
