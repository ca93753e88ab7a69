package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;

/// Several processes on one port (SO_REUSEPORT): the system deals the connections out.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedPortTest {
  /// Both get some: with even odds, none of so many falls to one of them once in 2^127 times.
  private static final int CONNECTIONS = 128;

  @OverBackends
  void twoProcessesServeOnePort(TestBackends backend) throws Exception {
    try (ChildJvm first =
        ChildJvm.start(ChildJvm.OPENS, ListenMain.class, backend.name(), "shared:0")) {
      String port = first.line();
      String shared = "shared:" + port;
      try (ChildJvm second =
          ChildJvm.start(ChildJvm.OPENS, ListenMain.class, backend.name(), shared)) {
        assertThat(second.line()).isEqualTo(port);
        Set<String> served = new HashSet<>();
        for (int i = 0; i < CONNECTIONS; i++) {
          served.add(whoServes(Integer.parseInt(port)));
        }
        assertThat(served).containsExactlyInAnyOrder(first.name(), second.name());
      }
    }
  }

  private static String whoServes(int port) throws Exception {
    InetSocketAddress address = new InetSocketAddress(TestBackends.anyPort().getAddress(), port);
    try (TestPeer peer = ChildJvm.connect(address)) {
      return peer.receiveText(10).strip();
    }
  }
}
