package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which engines there are, and which options mean something to each.
class BackendsTest {
  private static final Map<String, Set<EngineOption>> UNDERSTOOD =
      Map.of(
          "virtual", Set.of(EngineOption.CARRIER),
          "platform", Set.of(),
          "pool", Set.of(EngineOption.THREADS),
          "selector",
              Set.of(
                  EngineOption.LOOPS,
                  EngineOption.CARRIER,
                  EngineOption.SELECTOR_PROVIDER,
                  EngineOption.LOOP_STALL_WARNING));

  static Stream<Arguments> backendsAndOptions() {
    return Server.backends().stream()
        .flatMap(
            backend ->
                Arrays.stream(EngineOption.values()).map(option -> Arguments.of(backend, option)));
  }

  private static ServerOptions with(String backend, EngineOption option) {
    ServerOptions.Builder options = ServerOptions.builder().backend(backend);
    return switch (option) {
      case LOOPS -> options.loops(1).build();
      case THREADS -> options.threads(1).build();
      case CARRIER -> options.carrier(Carrier.SCHEDULER).build();
      case SELECTOR_PROVIDER -> options.selectorProvider(SelectorProviderKind.EPOLL).build();
      case LOOP_STALL_WARNING -> options.loopStallWarning(Duration.ofMillis(1)).build();
    };
  }

  @Test
  void allAreFoundByName() {
    assertThat(Server.backends()).containsExactly("platform", "pool", "selector", "virtual");
  }

  @Test
  void anUnknownOneIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backends.choose(ServerOptions.builder().backend("sellector").build()))
        .withMessageContaining("'sellector'")
        .withMessageContaining("[platform, pool, selector, virtual]");
  }

  @ParameterizedTest
  @MethodSource("backendsAndOptions")
  void anOptionThatMeansNothingToTheEngineIsRefused(String backend, EngineOption option) {
    ServerOptions options = with(backend, option);
    if (UNDERSTOOD.get(backend).contains(option)) {
      assertThat(Backends.choose(options).name()).isEqualTo(backend);
    } else {
      String other =
          switch (option) {
            case THREADS -> "pool";
            case CARRIER -> "selector, virtual";
            default -> "selector";
          };
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Backends.choose(options))
          .withMessageContaining("'" + option.optionName() + "'")
          .withMessageContaining("'" + backend + "'")
          .withMessageEndingWith(other);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Server.builder().options(options).listen(0, connection -> {}).start());
    }
  }

  @ParameterizedTest
  @MethodSource("backendsAndOptions")
  void everyEngineTakesTheDefaults(String backend, EngineOption option) {
    ServerOptions defaults = ServerOptions.builder().backend(backend).build();
    assertThat(option.isSet(defaults)).isFalse();
    assertThat(Backends.choose(defaults).name()).isEqualTo(backend);
  }
}
