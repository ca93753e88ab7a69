package dev.heddle.metrics;

import dev.heddle.ConnectionPhases;
import dev.heddle.Server;
import dev.heddle.ServerStatistics;

/// How a server's own statistics are told.
final class ConnectionFamilies {
  private ConnectionFamilies() {}

  static void write(PrometheusText out, Server server) {
    out.gauge("heddle_server_info", "Always 1; its labels say what runs.");
    out.sample(1, "backend", server.options().backend(), "engine", server.description());
    out.gauge("heddle_server_closing", "1 once the server was told to close.");
    out.sample(server.isClosing() ? 1 : 0);

    ConnectionPhases phases = server.connectionPhases();
    out.gauge("heddle_connections", "Connections open now, by phase.");
    out.sample(phases.awaiting(), "phase", "awaiting");
    out.sample(phases.working(), "phase", "working");
    out.sample(phases.ending(), "phase", "ending");

    ServerStatistics now = server.statistics();
    counter(out, "connections_accepted", "Connections admitted so far.", now.accepted());
    counter(
        out,
        "connections_refused",
        "Connections closed at once, over a limit or for want of a thread.",
        now.refused());
    counter(
        out,
        "handler_failures",
        "Connections whose handler failed other than by I/O.",
        now.failed());
    counter(
        out,
        "accept_failures",
        "Times the listener could not accept, such as for want of descriptors.",
        now.acceptFailures());
    counter(
        out,
        "messages",
        "Requests, messages, or reads where a protocol names neither.",
        now.messages());
    counter(out, "received_bytes", "Bytes read from the network.", now.bytesRead());
    counter(out, "sent_bytes", "Bytes handed to the network.", now.bytesWritten());
  }

  private static void counter(PrometheusText out, String name, String help, long value) {
    out.counter("heddle_" + name + "_total", help);
    out.sample(value);
  }
}
