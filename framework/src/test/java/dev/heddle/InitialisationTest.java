package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The defaults are whole, whichever class is used first.
class InitialisationTest {

  @ParameterizedTest
  @ValueSource(classes = {SocketOptions.class, ServerOptions.class, AddressRate.class, Rate.class})
  void theDefaultsAreWhole(Class<?> first) throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), FirstClassMain.class, first.getName())) {
      assertThat(child.line()).isEqualTo("true");
    }
  }
}
