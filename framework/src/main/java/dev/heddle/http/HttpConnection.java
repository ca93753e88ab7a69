package dev.heddle.http;

import dev.heddle.Connection;
import dev.heddle.ExchangeHandler;
import dev.heddle.RequestWatch;
import dev.heddle.ServedRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The requests of one connection and their answers, one after the other (RFC 9112, section 9.3).
///
/// Threading: one thread at a time, each of which sees what the one before has done.
final class HttpConnection implements ExchangeHandler.Exchanges {
  private final Connection connection;
  private final HttpHandler handler;
  private final HttpOptions options;
  private final RequestReader reader;
  private final ResponseWriter writer;
  private long served;

  HttpConnection(
      Connection connection, HttpHandler handler, HttpOptions options, Preamble preamble) {
    this.connection = connection;
    this.handler = handler;
    this.options = options;
    this.reader = new RequestReader(connection, options);
    this.writer = new ResponseWriter(connection, preamble);
  }

  @Override
  public void awaiting() {
    reader.awaiting();
  }

  /// Waits for the next request, and answers it. The JVM compiles this once for all, where a loop
  /// that each connection enters once, and stays in, is interpreted for long.
  ///
  /// @return false if there is no next one: the connection is to end, or speaks another protocol
  @Override
  public boolean serveNext() throws IOException {
    Request request;
    try {
      request = reader.read();
    } catch (ProtocolException e) {
      connection.observer().requestRefused(connection, e.status().code());
      writer.writeRefusal(e);
      return false;
    }
    if (request == null) {
      return false;
    }
    served++;
    connection.countMessage();
    RequestWatch watch = connection.observer().requestStarted(connection);
    Response response = watch == null ? exchange(request) : watched(watch, request);
    if (response instanceof Response.Upgrade upgrade) {
      request.target().forgetParts();
      connection.handOver(upgrade.handler());
      return false;
    }
    return response != null && request.body().drain();
  }

  /// Has a request answered.
  ///
  /// @return the response, or null if the connection is to be closed behind it
  private @Nullable Response exchange(Request request) throws IOException {
    Response response = answer(request);
    boolean kept = write(request, response, left(request));
    return kept || response instanceof Response.Upgrade ? response : null;
  }

  /// As [#exchange], and tells what became of it.
  private @Nullable Response watched(RequestWatch watch, Request request) throws IOException {
    long since = System.nanoTime();
    boolean complete = false;
    writer.forget();
    try {
      Response response = exchange(request);
      complete = true;
      return response;
    } finally {
      watch.served(
          new ServedRequest(
              request.version(),
              request.method(),
              request.route(),
              writer.status(),
              request.body().received(),
              writer.bodyOctets(),
              System.nanoTime() - since,
              complete));
    }
  }

  private Response answer(Request request) throws IOException {
    try {
      return Http1.toSend(request, handler.handle(request));
    } catch (Throwable e) {
      return Http1.refusal(request, e);
    } finally {
      var _ = Thread.interrupted(); // that was meant for the handler, not for its answer
    }
  }

  private boolean write(Request request, Response response, int left) throws IOException {
    try {
      return writer.write(request, response, left);
    } catch (BodyFailedException e) {
      Response refusal = Http1.refusal(request, Objects.requireNonNull(e.getCause()));
      if (e.isCommitted()) {
        throw new IOException("the response was cut short", e);
      }
      return write(request, refusal, request.body().isDrainable() ? left : 0);
    }
  }

  /// How many more requests the connection may bring; 0: it is to be closed behind this one.
  private int left(Request request) {
    boolean keep = request.keepsAlive() && !connection.isDraining() && request.body().isDrainable();
    if (!keep) {
      return 0;
    }
    int allowed = options.keepAliveRequests();
    return allowed == 0 ? Integer.MAX_VALUE : (int) Math.max(0, allowed - served);
  }
}
