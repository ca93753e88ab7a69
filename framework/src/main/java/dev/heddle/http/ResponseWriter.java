package dev.heddle.http;

import dev.heddle.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the responses of one connection (RFC 9112, sections 4, 6 and 9). Small ones gather in the
/// connection's output, which leaves before the connection waits for its next request.
final class ResponseWriter {
  private static final byte[] CRLF = ascii("\r\n");
  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n\r\n");

  /// `Content-Length` and the empty line behind it, of short bodies. Filled as they are needed.
  private static final byte[] @Nullable [] LENGTHS = new byte[1024][];

  private final Connection connection;
  private final Preamble preamble;

  /// Of the last response, for whoever observes.
  private int status;

  private long bodyOctets;

  ResponseWriter(Connection connection, Preamble preamble) {
    this.connection = connection;
    this.preamble = preamble;
  }

  /// Writes a response; a small one may then still be in the connection's output.
  ///
  /// @param left how many more requests the connection may bring; 0: it is to be closed
  /// @return whether the connection may be kept
  /// @throws BodyFailedException if the body could not be made
  boolean write(Request request, Response response, int left)
      throws IOException, BodyFailedException {
    boolean keep = left > 0 && !asksToClose(response.headers());
    switch (response) {
      case Response.Full full -> writeFull(request, full, keep ? left : 0);
      case Response.FileBody file -> writeFile(request, file, keep ? left : 0);
      case Response.Upgrade upgrade -> writeUpgrade(request, upgrade);
      case Response.Streaming streaming -> {
        // HTTP/1.0 knows no chunks: there the connection's end is the body's.
        keep &= streaming.length() >= 0 || request.line().minorVersion() > 0;
        writeStreaming(request, streaming, keep ? left : 0);
      }
    }
    return keep;
  }

  /// The status of the response that was last begun; 0 if there was none since [#forget()].
  int status() {
    return status;
  }

  /// How many octets of its body have been written.
  long bodyOctets() {
    return bodyOctets;
  }

  /// Takes it that no response was begun.
  void forget() {
    status = 0;
    bodyOctets = 0;
  }

  /// Writes the answer to what is no request.
  void writeRefusal(ProtocolException refusal) throws IOException {
    Response response = refusal.toResponse();
    if (response instanceof Response.Full full) {
      OutputStream out = connection.output();
      writeStart(out, full.status(), full.headers());
      out.write(CLOSE);
      writeLength(out, full.body().length);
      out.write(full.body());
    }
  }

  private void writeFull(Request request, Response.Full response, int left) throws IOException {
    OutputStream out = connection.output();
    Status status = response.status();
    writeStart(out, status, response.headers());
    writeConnection(out, request, response.headers(), left);
    byte[] body = response.body();
    if (status.isBodiless()) {
      out.write(CRLF);
    } else {
      writeLength(out, body.length);
      if (!request.isHead()) {
        out.write(body, 0, body.length);
        bodyOctets = body.length;
      }
    }
  }

  private void writeFile(Request request, Response.FileBody response, int left)
      throws IOException, BodyFailedException {
    if (!request.takesBody(response)) {
      writeHead(request, response, left, response.count());
      return;
    }
    try (FileChannel file = open(response)) {
      writeHead(request, response, left, response.count());
      connection.writeFile(file, response.position(), response.count());
      bodyOctets = response.count();
    }
  }

  private static FileChannel open(Response.FileBody response) throws BodyFailedException {
    try {
      return FileChannel.open(response.file());
    } catch (IOException e) {
      throw new BodyFailedException(e, false);
    }
  }

  private void writeStreaming(Request request, Response.Streaming response, int left)
      throws IOException, BodyFailedException {
    if (!request.takesBody(response)) {
      writeHead(request, response, left, response.length());
      return;
    }
    boolean chunked = request.line().minorVersion() > 0;
    BodyOutput out =
        new BodyOutput(
            connection,
            response.length(),
            chunked,
            request.headers().containsToken("TE", "trailers") ? response.trailers() : null,
            length -> writeHead(request, response, left, length));
    try {
      response.body().writeTo(out);
      out.finish();
    } catch (Exception e) {
      IOException gone = out.failure();
      if (gone != null) {
        throw gone;
      }
      throw new BodyFailedException(e, out.isCommitted());
    } finally {
      bodyOctets = out.isCommitted() ? out.written() : 0;
    }
  }

  private void writeUpgrade(Request request, Response.Upgrade response) throws IOException {
    OutputStream out = connection.output();
    status = request.isConnect() ? Status.OK.code() : Status.SWITCHING_PROTOCOLS.code();
    if (request.isConnect()) {
      out.write(preamble.ok());
    } else {
      out.write(Status.SWITCHING_PROTOCOLS.line());
      out.write(preamble.fields());
      out.write(response.headers().octets());
    }
    out.write(CRLF);
  }

  /// @param length of the body, or -1 if it is not known
  private void writeHead(Request request, Response response, int left, long length)
      throws IOException {
    OutputStream out = connection.output();
    Status status = response.status();
    writeStart(out, status, response.headers());
    writeConnection(out, request, response.headers(), left);
    boolean unsaid = length < 0 && (request.isHead() || request.line().minorVersion() == 0);
    if (unsaid || status.isBodiless()) {
      out.write(CRLF);
    } else if (length < 0) {
      out.write(CHUNKED);
    } else {
      writeLength(out, length);
    }
  }

  private void writeStart(OutputStream out, Status status, Headers headers) throws IOException {
    this.status = status.code();
    if (headers.has(KnownField.DATE | KnownField.SERVER)) {
      out.write(status.line());
      out.write(preamble.missing(headers));
    } else if (status.equals(Status.OK)) {
      out.write(preamble.ok());
    } else {
      out.write(status.line());
      out.write(preamble.fields());
    }
    out.write(headers.octets());
  }

  /// Says whether the connection stays, where the peer would assume otherwise or has asked.
  private void writeConnection(OutputStream out, Request request, Headers headers, int left)
      throws IOException {
    if (left == 0) {
      if (!asksToClose(headers)) {
        out.write(CLOSE);
      }
    } else if (request.wantsToKnowKeepAlive()) {
      out.write(preamble.keepAlive(left));
    }
  }

  private static boolean asksToClose(Headers headers) {
    return headers.has(KnownField.CONNECTION) && headers.containsToken("connection", "close");
  }

  private static void writeLength(OutputStream out, long length) throws IOException {
    byte[] line = length < LENGTHS.length ? LENGTHS[(int) length] : null;
    if (line == null) {
      line = ascii("Content-Length: " + length + "\r\n\r\n");
      if (length < LENGTHS.length) {
        LENGTHS[(int) length] = line;
      }
    }
    out.write(line);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
