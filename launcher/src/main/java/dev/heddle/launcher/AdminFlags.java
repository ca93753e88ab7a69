package dev.heddle.launcher;

import dev.heddle.Observer;
import dev.heddle.Peer;
import dev.heddle.Server;
import dev.heddle.http.Http1;
import dev.heddle.metrics.AdminRoutes;
import dev.heddle.metrics.Health;
import dev.heddle.metrics.JfrEvents;
import dev.heddle.metrics.MetricSource;
import dev.heddle.metrics.ProcessMetrics;
import dev.heddle.metrics.ServerMetrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What operators may ask of the server, on a port of its own: it answers as long as the server
/// drains, and counts in nobody's limits.
final class AdminFlags {
  @Option(
      names = "--admin-port",
      paramLabel = "<n>",
      converter = NumberConverter.Port.class,
      description =
          "Serve /metrics, /health/live and /health/ready on this port; 0: any that is free"
              + " (default none)")
  @Nullable Integer port;

  @Option(
      names = "--admin-host",
      paramLabel = "<address>",
      description =
          "Name or address for --admin-port; anyone who reaches it may read (default 127.0.0.1)")
  @Nullable String host;

  final Health health = new Health();

  private final ServerMetrics metrics = new ServerMetrics();
  private final List<MetricSource> sources = new ArrayList<>();

  /// Tells more on `/metrics`.
  void add(MetricSource source) {
    sources.add(source);
  }

  /// Who has to be told what the server does, for what the flags ask.
  Observer observer(Observer programs) {
    return port == null
        ? Observer.all(health, new JfrEvents(), programs)
        : Observer.all(health, metrics, new JfrEvents(), programs);
  }

  /// Serves what was asked for; nothing if nothing was.
  ///
  /// @return to be closed when the server has drained
  AdminServer start() {
    if (port == null) {
      if (host != null) {
        throw LaunchException.usage("--admin-host means nothing without --admin-port: give both");
      }
      return AdminServer.NONE;
    }
    List<MetricSource> all = new ArrayList<>(List.of(metrics, new ProcessMetrics()));
    all.addAll(sources);
    Http1 routes = Http1.of(AdminRoutes.of(health, all.toArray(MetricSource[]::new)));
    InetSocketAddress address = address(port);
    try {
      Server server = Server.builder().listen(address, routes).start();
      System.out.println(
          "heddle %s | admin on %s | /metrics /health/live /health/ready"
              .formatted(Version.current().heddle(), Peer.format(server.localAddress())));
      return server::close;
    } catch (IOException e) {
      throw LaunchException.environment(
          "can't listen on %s: %s; choose another by --admin-port (0: any that is free) or"
                  .formatted(Peer.format(address), e.getMessage())
              + " --admin-host");
    }
  }

  private InetSocketAddress address(int number) {
    try {
      String name = host == null ? "127.0.0.1" : host;
      if (name.isBlank()) {
        throw new UnknownHostException("blank");
      }
      return new InetSocketAddress(InetAddress.getByName(name), number);
    } catch (UnknownHostException e) {
      throw LaunchException.environment(
          "--admin-host is '%s': no such host; expected a name or address of this machine"
              .formatted(host));
    }
  }
}
