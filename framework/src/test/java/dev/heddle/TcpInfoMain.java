package dev.heddle;

import dev.heddle.linux.TcpInfo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Asks the kernel, and says what comes of it.
final class TcpInfoMain {
  private TcpInfoMain() {}

  public static void main(String[] args) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try {
      System.out.println(TcpInfo.of(new Peer(address, address)));
    } catch (UnsupportedOperationException e) {
      System.out.println(e.getMessage());
    }
  }
}
