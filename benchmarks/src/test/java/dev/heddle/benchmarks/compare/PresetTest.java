package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What compare promises to take, by its own estimate: echo, HTTP and WebSocket on four backends.
class PresetTest {
  private static final int PROTOCOLS = 3;
  private static final int BACKENDS = 4;

  private static double seconds(Preset preset) {
    Plan plan =
        new Plan(
            null,
            0,
            1,
            null,
            preset.rounds,
            preset.window,
            preset.warmUp,
            preset.freshJvms,
            preset.idleConnections,
            List.of());
    int contenders = PROTOCOLS * (BACKENDS + preset.baselines().size());
    return new Estimate(plan, contenders).left(Work.WARM_UP, 0);
  }

  @Test
  void aQuickLookTakesLessThanAMinute() {
    assertThat(seconds(Preset.QUICK)).isLessThan(55);
  }

  @Test
  void theUsualRunTakesAboutFiveMinutes() {
    assertThat(seconds(Preset.USUAL)).isBetween(240.0, 360.0);
  }
}
