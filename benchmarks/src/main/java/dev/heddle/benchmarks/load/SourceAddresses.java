package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where connections come from: the system's choice, or 127.0.0.1, 127.0.0.2 ... when a server on
/// this machine is to have more connections than one address has ports.
///
/// @param perAddress how many connections share an address; 0 leaves the choice to the system
record SourceAddresses(int perAddress) {
  private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int USUAL_PORTS = 28_232;

  static SourceAddresses towards(InetSocketAddress server, int connections) {
    InetAddress address = server.getAddress();
    boolean ipv4Loopback = address.isLoopbackAddress() && address.getAddress().length == 4;
    int half = ports() / 2; // the others may still be in TIME_WAIT from the run before
    return new SourceAddresses(ipv4Loopback && connections > half ? half : 0);
  }

  private static int ports() {
    try {
      String[] range = Files.readString(PORT_RANGE).trim().split("\\s+", 2);
      return Integer.parseInt(range[1]) - Integer.parseInt(range[0]) + 1;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException unknown) {
      return USUAL_PORTS;
    }
  }

  /// The address to bind connection `number` to, or null for the system's choice.
  @Nullable SocketAddress of(int number) {
    if (perAddress == 0) {
      return null;
    }
    int last = 1 + number / perAddress;
    try {
      byte[] address = {127, (byte) (last >> 16), (byte) (last >> 8), (byte) last};
      return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // four bytes are always an address
    }
  }
}
