package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What compare promises to take, by its own estimate: echo, HTTP and WebSocket on every backend,
/// beside the preset's baselines.
class PresetTest {
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
    long contenders =
        Protocols.ALL.stream()
            .filter(Protocol::usual)
            .mapToLong(protocol -> Preset.BACKENDS.size() + baselines(preset, protocol))
            .sum();
    return new Estimate(plan, (int) contenders).left(Work.WARM_UP, 0);
  }

  private static long baselines(Preset preset, Protocol protocol) {
    return preset.baselines().stream().filter(protocol.baselines()::containsKey).count();
  }

  @Test
  void aQuickLookTakesLessThanAMinute() {
    assertThat(seconds(Preset.QUICK)).isLessThan(55);
  }

  @Test
  void theUsualRunTakesAboutFiveMinutes() {
    assertThat(seconds(Preset.USUAL)).isBetween(240.0, 360.0);
  }

  @Test
  void aThoroughRunTakesAllBaselinesAndAFreshJvmForEachRound() {
    assertThat(Preset.THOROUGH.baselines()).isEqualTo(Protocols.baselineNames());
    assertThat(Preset.THOROUGH.freshJvms).isTrue();
    assertThat(Preset.THOROUGH.rounds).isGreaterThan(Preset.USUAL.rounds);
  }
}
