package dev.heddle.benchmarks.strictness;

import dev.heddle.Server;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.Response;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Feeds the same hostile requests to our codec and to Helidon's, and prints a table of what each
/// made of them. Right answers are marked.
public final class Strictness {
  private Strictness() {}

  /// One row: what our server and Helidon's did.
  record Row(HostileRequest request, Reaction heddle, Reaction helidon) {}

  static List<Row> rows() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpHandler handler =
        request -> {
          request.body().bytes();
          return Response.text(request.path());
        };
    WebServer helidon =
        WebServer.builder()
            .bindAddress(anyPort)
            .shutdownHook(false)
            .routing(
                routing ->
                    routing.any(
                        (request, response) -> {
                          request.content().consume();
                          response.send(request.path().path());
                        }))
            .build()
            .start();
    try (Server heddle = Server.builder().listen(anyPort, Http1.of(handler)).start()) {
      InetSocketAddress theirs = new InetSocketAddress(anyPort.getAddress(), helidon.port());
      return HostileRequest.ALL.parallelStream()
          .map(request -> row(request, heddle.localAddress(), theirs))
          .toList();
    } finally {
      helidon.stop();
    }
  }

  private static Row row(
      HostileRequest request, InetSocketAddress heddle, InetSocketAddress helidon) {
    try {
      return new Row(request, Reaction.to(request, heddle), Reaction.to(request, helidon));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String cell(Row row, Reaction reaction) {
    return (reaction.isRight(row.request.expected()) ? "✓ " : "✗ ") + reaction;
  }

  /// Prints the table in Markdown.
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("| request | RFC 9112 | Heddle | Helidon |");
    out.println("|---|---|---|---|");
    for (Row row : rows()) {
      out.printf(
          "| %s | %s | %s | %s |%n",
          row.request.name(), row.request.section(), cell(row, row.heddle), cell(row, row.helidon));
    }
  }
}
