package dev.heddle.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/// Writes a line for each request of a handler: in the combined format, or as JSON. What the peer
/// says is escaped, so that no line is forged.
///
/// A line is written when the handler has answered, or its stream has ended; refusals of the codec
/// are no requests, and not in it. Nor is what a filter around it answers by itself: what
/// [ForwardedFields] refuses has no client that a line could name.
public final class AccessLog implements HttpHandler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss '+0000'", Locale.US);
  private static final HexFormat HEX = HexFormat.of();

  private final HttpHandler handler;
  private final Format format;
  private final Consumer<String> log;

  /// How a line looks.
  public enum Format {
    /// As Apache and nginx write it.
    COMBINED,
    /// One object, with the time it took, and the id of the trace if the request has one: see
    /// [Tracing].
    JSON
  }

  private AccessLog(HttpHandler handler, Format format, Consumer<String> log) {
    this.handler = Objects.requireNonNull(handler);
    this.format = format;
    this.log = log;
  }

  /// Logs the requests of a handler.
  ///
  /// @param log takes a line without its end; called on the threads that serve connections, many at
  ///   once
  public static AccessLog of(HttpHandler handler, Format format, Consumer<String> log) {
    return new AccessLog(handler, format, log);
  }

  @Override
  public Response handle(Request request) throws Exception {
    long since = System.nanoTime();
    Response response;
    try {
      response = Http1.toSend(request, handler.handle(request));
    } catch (Throwable e) {
      log(request, status(request, e), 0, since);
      throw e;
    }
    switch (response) {
      case Response.Full r ->
          log(request, r.status(), request.takesBody(r) ? r.body().length : 0, since);
      case Response.FileBody r ->
          log(request, r.status(), request.takesBody(r) ? r.count() : 0, since);
      case Response.Upgrade r -> log(request, r.status(), 0, since);
      case Response.Streaming r -> {
        if (request.takesBody(r)) {
          return counting(request, r, since);
        }
        log(request, r.status(), 0, since); // nobody will ask for its body
      }
    }
    return response;
  }

  private Response counting(Request request, Response.Streaming response, long since) {
    return new Response.Streaming(
        response.status(),
        response.headers(),
        response.length(),
        out -> {
          CountingOutput counter = new CountingOutput(out);
          try {
            response.body().writeTo(counter);
          } catch (Throwable e) {
            boolean begun = counter.hasLeft();
            Status status = begun ? response.status() : status(request, e);
            log(request, status, begun ? counter.count : 0, since);
            throw e;
          }
          log(request, response.status(), counter.count, since);
        },
        response.trailers());
  }

  /// What a failure is answered with.
  private static Status status(Request request, Throwable failure) {
    IOException ended = request.body().failure();
    return (ended != null ? ended : failure) instanceof ProtocolException refusal
        ? refusal.status()
        : Status.INTERNAL_SERVER_ERROR;
  }

  private void log(Request request, Status status, long octets, long since) {
    log.accept(
        switch (format) {
          case COMBINED -> combined(request, status, octets);
          case JSON -> json(request, status, octets, System.nanoTime() - since);
        });
  }

  private static String combined(Request request, Status status, long octets) {
    return address(request)
        + (" - - [" + TIME.format(LocalDateTime.now(ZoneOffset.UTC)) + "] \"")
        + (escape(request.toString()) + " " + request.version() + "\" ")
        + (status.code() + " " + (octets == 0 ? "-" : octets))
        + (" \"" + escape(request.headers().get("Referer", "-")) + "\"")
        + (" \"" + escape(request.headers().get("User-Agent", "-")) + "\"");
  }

  private static String json(Request request, Status status, long octets, long nanos) {
    return "{\"time\":\""
        + Instant.now()
        + ("\",\"peer\":\"" + address(request))
        + ("\",\"method\":\"" + escape(request.method()))
        + ("\",\"target\":\"" + escape(request.target().toString()))
        + ("\",\"version\":\"" + request.version())
        + ("\",\"status\":" + status.code() + ",\"octets\":" + octets)
        + (",\"micros\":" + nanos / 1000)
        + trace(request)
        + (",\"referer\":\"" + escape(request.headers().get("Referer", "")))
        + ("\",\"userAgent\":\"" + escape(request.headers().get("User-Agent", "")))
        + "\"}";
  }

  private static String trace(Request request) {
    TraceContext context = request.traceContext();
    return context == null ? "" : ",\"trace\":\"" + context.traceId() + "\"";
  }

  private static String address(Request request) {
    InetAddress address = request.peer().remoteInetAddress();
    return address == null ? "-" : address.getHostAddress();
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        escaped.append("\\u").append(HEX.toHexDigits(c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static final class CountingOutput extends OutputStream {
    private final OutputStream out;
    private long count;

    CountingOutput(OutputStream out) {
      this.out = out;
    }

    /// Whether the head has left, so that nothing else can be answered.
    boolean hasLeft() {
      return !(out instanceof BodyOutput body) || body.isCommitted();
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] src, int offset, int length) throws IOException {
      out.write(src, offset, length);
      count += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
