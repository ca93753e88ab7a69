package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What carries the handlers of the selector and the virtual backend, where the JDK's internals are
/// open and where they are not.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarrierTest {
  private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";

  @Test
  void askedForTheLoopWhereItIsClosedTheErrorNamesTheFlagThatOpensIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), EchoMain.class, "SELECTOR_LOOP")) {
      assertThat(child.line()).contains("'loop' needs").contains(FLAG).contains("'scheduler'");
      assertThat(child.end()).isEmpty();
    }
  }

  @Test
  void whereTheLoopIsClosedTheSchedulerCarriesAndTheLogSaysSoOnce() throws Exception {
    try (ChildJvm child = ChildJvm.start(List.of(), EchoMain.class, "SELECTOR_LOOP", "AUTO")) {
      var address = child.address();
      assertThat(child.line()).startsWith("selector (carrier scheduler, ");
      try (TestPeer peer = ChildJvm.connect(address)) {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo("x");
      }
      assertThat(child.end()).filteredOn(line -> line.contains(FLAG)).hasSize(1);
    }
  }

  @Test
  void whereTheLoopIsOpenItCarries() throws Exception {
    List<String> opens = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");
    try (ChildJvm child = ChildJvm.start(opens, EchoMain.class, "SELECTOR_LOOP", "AUTO")) {
      child.address();
      assertThat(child.line()).startsWith("selector (carrier loop, ");
      assertThat(child.end()).isEmpty();
    }
  }

  @Test
  void askedForThePollerWhereItIsClosedTheErrorNamesTheFlagsThatOpenIt() throws Exception {
    List<String> half = List.of("--add-opens=java.base/java.lang=ALL-UNNAMED");
    for (List<String> opens : List.of(List.<String>of(), half)) {
      try (ChildJvm child = ChildJvm.start(opens, EchoMain.class, "VIRTUAL_POLLER")) {
        assertThat(child.line())
            .contains("'poller' needs")
            .contains(FLAG + " --add-opens java.base/sun.nio.ch=ALL-UNNAMED")
            .contains("'scheduler'");
      }
    }
  }

  @Test
  void askedForThePollerWhereVirtualThreadsPollTheErrorNamesTheProperty() throws Exception {
    List<String> jvm = new ArrayList<>(ChildJvm.OPENS);
    jvm.add("-Djdk.pollerMode=2");
    try (ChildJvm child = ChildJvm.start(jvm, EchoMain.class, "VIRTUAL_POLLER")) {
      assertThat(child.line()).contains("'poller' needs").contains("-Djdk.pollerMode=1");
    }
    try (ChildJvm child = ChildJvm.start(jvm, EchoMain.class, "VIRTUAL_POLLER", "AUTO")) {
      child.address();
      assertThat(child.line()).isEqualTo("virtual (carrier scheduler)");
    }
  }

  @Test
  void thePollerCarriesWhereItIsOpenAndTheSchedulerWhereItIsClosed() throws Exception {
    for (List<String> opens : List.of(List.<String>of(), ChildJvm.OPENS)) {
      try (ChildJvm child = ChildJvm.start(opens, EchoMain.class, "VIRTUAL_POLLER", "AUTO")) {
        var address = child.address();
        String carrier = opens.isEmpty() ? "scheduler" : "poller";
        assertThat(child.line()).isEqualTo("virtual (carrier " + carrier + ")");
        try (TestPeer peer = ChildJvm.connect(address)) {
          peer.send("x");
          assertThat(peer.receiveText(1)).isEqualTo("x");
        }
        assertThat(child.end()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"virtual, LOOP", "selector, POLLER"})
  void aCarrierThatTheBackendDoesNotHaveIsRefused(String backend, Carrier carrier) {
    ServerOptions options = ServerOptions.builder().backend(backend).carrier(carrier).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestBackends.serve(options, c -> {}))
        .withMessageStartingWith("carrier: backend '" + backend + "'")
        .withMessageContaining("carrier 'scheduler'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOOP", "SCHEDULER"})
  void theDescriptionNamesCarrierAndLoops(Carrier threads) throws Exception {
    TestBackends backend = TestBackends.valueOf("SELECTOR_" + threads);
    String carrier = threads == Carrier.LOOP ? "loop" : "scheduler";
    try (Server one = TestBackends.serve(backend.options().loops(1).build(), c -> {});
        Server three = TestBackends.serve(backend.options().loops(3).build(), c -> {})) {
      assertThat(one.description()).isEqualTo("selector (carrier " + carrier + ", 1 loop)");
      assertThat(three.description()).isEqualTo("selector (carrier " + carrier + ", 3 loops)");
    }
  }

  /// The JDK has a thread of that name for the timers of schedulers that keep none.
  @Test
  void theLoopKeepsTheTimersOfItsHandlers() throws Exception {
    var handler =
        new TestHandler<>(
            _ -> {
              Thread.sleep(Duration.ofMillis(1));
              return Thread.getAllStackTraces().keySet();
            });
    try (Server server = TestBackends.SELECTOR_LOOP.serve(handler);
        TestPeer _ = TestPeer.connect(server)) {
      assertThat(handler.result())
          .extracting(Thread::getName)
          .contains("heddle-loop-0")
          .doesNotContain("VirtualThread-unparker");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"VIRTUAL_SCHEDULER", "SELECTOR_LOOP", "SELECTOR_SCHEDULER", "PLATFORM", "POOL"})
  void handlersRunOnTheThreadsThatTheEnginePromises(String engine) throws Exception {
    TestBackends backend = TestBackends.valueOf(engine);
    var handler = new TestHandler<>(c -> Thread.currentThread().toString());
    try (Server server = backend.serve(handler);
        TestPeer peer = TestPeer.connect(server)) {
      String thread = handler.result();
      switch (engine) {
        case "VIRTUAL_SCHEDULER", "SELECTOR_SCHEDULER" ->
            assertThat(thread).startsWith("VirtualThread").contains("ForkJoinPool");
        case "SELECTOR_LOOP" ->
            assertThat(thread).startsWith("VirtualThread").contains("@heddle-loop-");
        case "PLATFORM" -> assertThat(thread).contains("heddle-connection-");
        default -> assertThat(thread).contains("heddle-pool-");
      }
      assertThat(peer.isAtEnd()).isTrue();
    }
  }
}
