package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceAddressesTest {
  @Test
  void fewConnectionsComeFromWhereTheSystemChooses() {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9000);
    assertThat(SourceAddresses.towards(server, 64).of(63)).isNull();
  }

  @Test
  void manyConnectionsToThisMachineSpreadOverLoopbackAddresses() {
    SourceAddresses sources = new SourceAddresses(10_000);
    assertThat(sources.of(9_999)).hasToString("/127.0.0.1:0");
    assertThat(sources.of(10_000)).hasToString("/127.0.0.2:0");
    assertThat(sources.of(2_540_000)).hasToString("/127.0.0.255:0");
    assertThat(sources.of(2_550_000)).hasToString("/127.0.1.0:0");
  }

  @Test
  void connectionsToOtherMachinesNeverDo() throws UnknownHostException {
    InetAddress other = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    InetSocketAddress server = new InetSocketAddress(other, 9000);
    assertThat(SourceAddresses.towards(server, 1_000_000).of(999_999)).isNull();
  }
}
