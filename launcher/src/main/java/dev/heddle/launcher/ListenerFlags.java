package dev.heddle.launcher;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

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
      names = "--listen",
      paramLabel = "<address>",
      split = ";",
      converter = ListenConverter.class,
      description =
          "In place of the two: host:port, [::]:port, unix:/path[,mode=0660], or inherited, the"
              + " socket that is standard input. Again for more, or with ; between")
  List<ListenAddress> listens = new ArrayList<>();

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
    return new ListenAddress.Inet(host, port).resolve("--host");
  }

  /// Has a server listen wherever the flags say.
  void addTo(Server.Builder server, ConnectionHandler handler) {
    if (listens.isEmpty()) {
      server.listen(address(), handler);
    }
    listens.forEach(each -> each.addTo(server, handler));
  }

  /// Refuses two words for one thing.
  void check(ParseResult given) {
    for (String flag : List.of("--host", "--port")) {
      if (!listens.isEmpty() && given.hasMatchedOption(flag)) {
        throw LaunchException.usage(
            "%s means nothing beside --listen, which names hosts and ports: leave one out"
                .formatted(flag));
      }
    }
  }
}
