package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Carrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkSettingsTest {
  private static final JdkSettings NONE = new JdkSettings(null, null);
  private static final JdkSettings MODE = new JdkSettings(1, null);
  private static final JdkSettings PARALLELISM = new JdkSettings(null, 2);

  @ParameterizedTest
  @CsvSource({"platform, AUTO", "pool, AUTO", "selector, AUTO", "selector, LOOP"})
  void settingsOfVirtualThreadsAreRefusedWhereTheyMeanNothing(String backend, Carrier carrier) {
    assertThatCode(() -> NONE.check(backend, carrier)).doesNotThrowAnyException();
    assertThatThrownBy(() -> MODE.check(backend, carrier))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("--poller-mode concerns ");
    assertThatThrownBy(() -> PARALLELISM.check(backend, carrier))
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith("--parallelism concerns ");
  }

  @ParameterizedTest
  @CsvSource({"virtual, AUTO", "selector, SCHEDULER", "anyone's, AUTO"})
  void settingsOfVirtualThreadsAreTakenElsewhere(String backend, Carrier carrier) {
    assertThatCode(() -> MODE.check(backend, carrier)).doesNotThrowAnyException();
    assertThatCode(() -> PARALLELISM.check(backend, carrier)).doesNotThrowAnyException();
  }

  @Test
  void whatIsNotGivenIsLeftAlone() {
    String before = System.getProperty("jdk.pollerMode");
    NONE.apply();
    assertThat(System.getProperty("jdk.pollerMode")).isEqualTo(before);
  }
}
