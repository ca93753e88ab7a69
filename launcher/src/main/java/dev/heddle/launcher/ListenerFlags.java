package dev.heddle.launcher;

import dev.heddle.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.Option;

/// Where to listen.
final class ListenerFlags {
  @Option(
      names = "--host",
      paramLabel = "<address>",
      description =
          "Name or address to listen on; 0.0.0.0 or :: opens it to other machines (default"
              + " ${DEFAULT-VALUE})")
  String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "<n>",
      converter = NumberConverter.Port.class,
      description = "Port to listen on; 0: any that is free (default ${DEFAULT-VALUE})")
  int port;

  @Option(
      names = "--backlog",
      paramLabel = "<n>",
      description =
          "Connections the system holds until they are accepted (default ${DEFAULT-VALUE})")
  int backlog = ServerOptions.DEFAULT.backlog();

  ListenerFlags(int port) {
    this.port = port;
  }

  void apply(ServerOptions.Builder options) {
    options.backlog(backlog);
  }

  InetSocketAddress address() {
    try {
      if (host.isBlank()) {
        throw new UnknownHostException("blank");
      }
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw LaunchException.environment(
          ("--host is '%s': no such host; expected a name or address of this machine, or 0.0.0.0"
                  + " for all")
              .formatted(host));
    }
  }
}
