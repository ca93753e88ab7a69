package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, ::ffff:10.1.2.3, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 1.2.3.4, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:8000::/33, 2001:db8:7fff::1, false",
    "::/0, 2001:db8::1, true",
    "::1, ::1, true",
    "unix, 127.0.0.1, false",
  })
  void anAddressIsInANetworkOrNot(String network, String address, boolean isIn) {
    Networks networks = Networks.parse(network);
    assertThat(networks.contains(new InetSocketAddress(Networks.parseAddress(address), 1)))
        .isEqualTo(isIn);
    assertThat(Networks.parse(networks.toString())).isEqualTo(networks);
  }

  @Test
  void severalAreAList() {
    Networks networks = Networks.parse("10.0.0.0/8, ::1,unix");
    assertThat(networks.contains(Networks.parseAddress("10.0.0.1"))).isTrue();
    assertThat(networks.contains(Networks.parseAddress("::1"))).isTrue();
    assertThat(networks.contains(UnixDomainSocketAddress.of("/a"))).isTrue();
    assertThat(networks).hasToString("10.0.0.0/8,0:0:0:0:0:0:0:1/128,unix");
    assertThat(Networks.NONE.contains(Networks.parseAddress("::1"))).isFalse();
    assertThat(Networks.NONE.contains(UnixDomainSocketAddress.of("/a"))).isFalse();
    assertThat(Networks.NONE.isEmpty()).isTrue();
    assertThat(Networks.parse("unix").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0/8,",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "10.0.0.1/8",
        "2001:db8::1/32",
        "localhost",
        "10.0.0/8",
        "010.0.0.0/8",
        "fe80::1%eth0",
        "10.0.0.0/8/8",
        "10.0.0.256",
        "::1::",
        ":",
        "1",
        "Unix"
      })
  void whatIsNoNetworkIsRefused(String list) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Networks.parse(list))
        .withMessageContaining("is no network: ");
  }
}
