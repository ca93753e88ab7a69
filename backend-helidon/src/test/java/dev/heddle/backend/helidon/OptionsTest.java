package dev.heddle.backend.helidon;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heddle.Carrier;
import dev.heddle.EngineOption;
import dev.heddle.SelectorProviderKind;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What means nothing to Helidon is refused.
class OptionsTest {

  @ParameterizedTest
  @EnumSource
  void anOptionOfAnotherEngineIsRefusedWithTheNameOfThat(EngineOption option) {
    ServerOptions.Builder options = ServerOptions.builder().backend("helidon");
    String other =
        switch (option) {
          case THREADS -> "pool";
          case CARRIER -> "selector, virtual";
          default -> "selector";
        };
    ServerOptions asked =
        switch (option) {
          case LOOPS -> options.loops(1).build();
          case THREADS -> options.threads(1).build();
          case CARRIER -> options.carrier(Carrier.SCHEDULER).build();
          case SELECTOR_PROVIDER -> options.selectorProvider(SelectorProviderKind.EPOLL).build();
          case LOOP_STALL_WARNING -> options.loopStallWarning(Duration.ofMillis(1)).build();
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Server.builder().options(asked).listen(0, _ -> {}).start())
        .withMessage(
            "option '%s' means nothing to backend 'helidon': leave it out, or choose %s",
            option.optionName(), other);
  }
}
