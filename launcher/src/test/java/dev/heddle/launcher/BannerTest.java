package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The line that a server prints, on a terminal.
class BannerTest {
  private static final String START = "heddle 0.1.0 | http on 127.0.0.1:8080";

  @Test
  void aLineThatFitsStaysWhole() {
    String line = START + " | virtual | JDK 25.0.3 | ready in 99999 ms";
    assertThat(line).hasSize(80);
    assertThat(Banner.wrapped(line)).isEqualTo(line);
  }

  @Test
  void aLongerLineBreaksBetweenItsParts() {
    String description = " | selector (carrier loop, 2 loops)";
    assertThat(Banner.wrapped(START + description + " | JDK 25.0.3 | ready in 180 ms"))
        .isEqualTo(START + description + " |\n  JDK 25.0.3 | ready in 180 ms");
  }

  @Test
  void aPartIsNotBroken() {
    String line = "heddle".repeat(20);
    assertThat(Banner.wrapped(line)).isEqualTo(line);
  }
}
