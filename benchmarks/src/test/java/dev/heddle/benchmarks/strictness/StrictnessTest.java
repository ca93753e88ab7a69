package dev.heddle.benchmarks.strictness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The table of docs/decisions/0006-own-http-codec.md, as far as it is a promise.
class StrictnessTest {
  @Test
  void ourCodecDoesWhatTheRfcAsksForInEveryRow() throws IOException {
    assertThat(Strictness.rows())
        .hasSameSizeAs(HostileRequest.ALL)
        .allSatisfy(
            row ->
                assertThat(row.heddle())
                    .as("%s", row.request().name())
                    .matches(reaction -> reaction.isRight(row.request().expected())));
  }
}
