package dev.heddle.backend.helidon;

import static java.net.StandardSocketOptions.SO_KEEPALIVE;
import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static java.net.StandardSocketOptions.SO_REUSEPORT;
import static java.net.StandardSocketOptions.SO_SNDBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPCOUNT;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPINTERVAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ServerOptions;
import dev.heddle.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Our options of sockets reach the sockets through Helidon's.
class SettingsTest {
  private static final SocketOptions ALL =
      SocketOptions.builder()
          .reuseAddress(false)
          .reusePort(true)
          .noDelay(true)
          .keepAlive(true)
          .keepIdle(Duration.ofSeconds(61))
          .keepInterval(Duration.ofSeconds(11))
          .keepCount(7)
          .receiveBuffer(20_000)
          .sendBuffer(30_000)
          .build();

  private static void apply(SocketOptions options, SocketChannel channel) {
    List<SocketChannel> seen = new ArrayList<>();
    new ConnectionSettings(options, seen::add).buildPrototype().configureSocket(channel);
    assertThat(seen).containsExactly(channel);
  }

  @Test
  void allThatIsSetForConnectionsIsSet() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      apply(ALL, channel);
      assertThat(channel.getOption(TCP_NODELAY)).isTrue();
      assertThat(channel.getOption(SO_KEEPALIVE)).isTrue();
      assertThat(channel.getOption(TCP_KEEPIDLE)).isEqualTo(61);
      assertThat(channel.getOption(TCP_KEEPINTERVAL)).isEqualTo(11);
      assertThat(channel.getOption(TCP_KEEPCOUNT)).isEqualTo(7);
      assertThat(channel.getOption(SO_SNDBUF)).isGreaterThanOrEqualTo(30_000).isLessThan(100_000);
    }
  }

  @Test
  void whatHelidonWouldSetByItselfIsNotSet() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      apply(SocketOptions.builder().noDelay(false).build(), channel);
      assertThat(channel.getOption(TCP_NODELAY)).isFalse();
      assertThat(channel.getOption(SO_KEEPALIVE)).isFalse();
    }
  }

  @Test
  void allThatIsSetForTheListenerIsSet() throws IOException {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      new ListenerSettings(_ -> {})
          .hosting(
              new InetSocketAddress(0),
              ServerOptions.builder().sockets(ALL).build(),
              new SoleSelector(null, null))
          .buildPrototype()
          .configureSocket(channel);
      assertThat(channel.getOption(SO_REUSEADDR)).isFalse();
      assertThat(channel.getOption(SO_REUSEPORT)).isTrue();
      assertThat(channel.getOption(SO_RCVBUF)).isGreaterThanOrEqualTo(20_000).isLessThan(100_000);
    }
  }

  @Test
  void theBacklogIsTold() {
    ServerOptions options = ServerOptions.builder().backlog(17).build();
    assertThat(
            new ListenerSettings(_ -> {})
                .hosting(new InetSocketAddress(0), options, new SoleSelector(null, null))
                .buildPrototype()
                .backlog())
        .isEqualTo(17);
  }
}
