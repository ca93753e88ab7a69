package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The watchdog of the selector backend's loops speaks of those that are held, and of no others.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopWatchdogTest {
  private static final String FRAME = "dev.heddle.StallMain.holdTheLoop(StallMain.java:";

  private ChildJvm child;
  private InetSocketAddress holdsWhenTold;
  private InetSocketAddress holdsAtOnce;
  private InetSocketAddress holdsInExchanges;

  @BeforeEach
  void start() throws Exception {
    child = ChildJvm.start(ChildJvm.OPENS, StallMain.class);
    holdsWhenTold = child.address();
    holdsAtOnce = child.address();
    holdsInExchanges = child.address();
  }

  @AfterEach
  void stop() {
    child.close();
  }

  @Test
  void aHandlerThatHoldsItsLoopIsNamedByItsStack() throws Exception {
    try (TestPeer peer = ChildJvm.connect(holdsWhenTold)) {
      peer.send("h");
      assertThat(child.errorLine("heddle-loop-0 has been held for ")).contains(" ms");
      assertThat(child.errorLine("    at ")).contains(FRAME);
      assertThat(child.line()).isEqualTo("heddle-loop-0 true");
      assertThat(peer.receiveText(1)).isEqualTo("h");
    }
  }

  /// Between exchanges the connection has no thread.
  @Test
  void anExchangeThatHoldsItsLoopIsNamedToo() throws Exception {
    try (TestPeer peer = ChildJvm.connect(holdsInExchanges)) {
      for (int i = 0; i < 2; i++) {
        peer.send("h");
        assertThat(child.errorLine("heddle-loop-0 has been held for ")).contains(" ms");
        assertThat(child.errorLine("    at ")).contains(FRAME);
        assertThat(child.line()).isEqualTo("heddle-loop-0 true");
        assertThat(peer.receiveText(1)).isEqualTo("h");
      }
    }
  }

  @Test
  void aHandlerThatHoldsItsLoopBeforeItHasReadIsNamedToo() throws Exception {
    try (TestPeer other = ChildJvm.connect(holdsWhenTold)) {
      other.send("x");
      assertThat(other.receiveText(1)).isEqualTo("x");
      try (TestPeer peer = ChildJvm.connect(holdsAtOnce)) {
        child.errorLine("heddle-loop-0 has been held for ");
        assertThat(child.errorLine("    at ")).contains(FRAME);
        assertThat(peer.receiveText(1)).isEqualTo("h");
      }
    }
  }

  @Test
  void eachStallIsSpokenOfOnce() throws Exception {
    try (TestPeer peer = ChildJvm.connect(holdsWhenTold)) {
      for (int i = 0; i < 3; i++) {
        peer.send("h");
        assertThat(peer.receiveText(1)).isEqualTo("h");
        assertThat(child.line()).isEqualTo("heddle-loop-0 true");
      }
    }
    assertThat(child.end()).filteredOn(line -> line.contains("has been held")).hasSize(3);
    assertThat(child.line())
        .as("what observers are told, though there are three listeners")
        .isEqualTo("ended");
  }

  @Test
  void aHandlerThatSleepsHoldsNoLoop() throws Exception {
    try (TestPeer peer = ChildJvm.connect(holdsWhenTold)) {
      peer.send("s");
      assertThat(peer.receiveText(1)).isEqualTo("s");
    }
    assertThat(child.end()).isEmpty();
  }
}
