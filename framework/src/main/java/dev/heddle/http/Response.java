package dev.heddle.http;

import dev.heddle.ConnectionHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An answer: a value, which [Http1] writes. So a handler can be tested without a server.
///
/// `Date`, `Server`, `Content-Length`, `Transfer-Encoding` and `Keep-Alive` are added when it is
/// written; the last three can't be set. `Connection: close` can, and closes.
public sealed interface Response {

  /// The status.
  Status status();

  /// The fields, without those of the framing.
  Headers headers();

  /// This response with one more field.
  ///
  /// @throws IllegalArgumentException as [HeadersBuilder#add], and for fields of the framing
  default Response with(String name, String value) {
    return withHeaders(headers().with(name, value));
  }

  /// This response with other fields.
  ///
  /// @throws IllegalArgumentException if one is of the framing
  default Response withHeaders(Headers headers) {
    return switch (this) {
      case Full r -> new Full(r.status, headers, r.body);
      case Streaming r -> new Streaming(r.status, headers, r.length, r.body, r.trailers);
      case FileBody r -> new FileBody(r.status, headers, r.file, r.position, r.count);
      case Upgrade r -> new Upgrade(headers, r.handler);
    };
  }

  /// This response with another status.
  ///
  /// @throws IllegalArgumentException if it is below 200
  /// @throws IllegalStateException if this is an upgrade
  default Response withStatus(Status status) {
    return switch (this) {
      case Full r -> new Full(status, r.headers, r.body);
      case Streaming r -> new Streaming(status, r.headers, r.length, r.body, r.trailers);
      case FileBody r -> new FileBody(status, r.headers, r.file, r.position, r.count);
      case Upgrade _ -> throw new IllegalStateException("the status of an upgrade is its own");
    };
  }

  /// A text in UTF-8.
  static Response text(String text) {
    return text(Status.OK, text);
  }

  /// A text in UTF-8.
  static Response text(Status status, String text) {
    return new Full(status, ContentType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A page in UTF-8.
  static Response html(String html) {
    return new Full(Status.OK, ContentType.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  /// JSON, in UTF-8.
  static Response json(byte[] json) {
    return new Full(Status.OK, ContentType.JSON, json);
  }

  /// JSON.
  static Response json(String json) {
    return json(json.getBytes(StandardCharsets.UTF_8));
  }

  /// Bytes.
  ///
  /// @param body is not copied: must not change any more
  static Response bytes(String contentType, byte[] body) {
    return new Full(Status.OK, Headers.of("Content-Type", contentType), body);
  }

  /// A status without a body.
  static Response status(Status status) {
    return new Full(status, Headers.EMPTY, ContentType.NOTHING);
  }

  /// A status without a body.
  ///
  /// @param code from 200 to 599
  static Response status(int code) {
    return status(Status.of(code));
  }

  /// A redirect by [Status#FOUND].
  ///
  /// @param location a URI reference, encoded
  static Response redirect(String location) {
    return redirect(Status.FOUND, location);
  }

  /// A redirect.
  ///
  /// @param status from 300 to 399
  /// @param location a URI reference, encoded
  static Response redirect(Status status, String location) {
    HttpLimits.check(status.code() / 100 == 3, "status", status, "300 to 399");
    return new Full(status, Headers.of("Location", location), ContentType.NOTHING);
  }

  /// A body that is written piece by piece, of whatever length.
  static Response stream(String contentType, StreamBody body) {
    return new Streaming(Status.OK, Headers.of("Content-Type", contentType), -1, body);
  }

  /// Server-sent events, for as long as their source runs: see [ServerSentEvents].
  ///
  /// @param request that is answered
  static Response events(Request request, ServerSentEvents.Source source) {
    return ServerSentEvents.response(request, source);
  }

  /// A whole file, its type guessed by its name.
  ///
  /// @throws java.nio.file.NoSuchFileException if it is not there
  static Response file(Path file) throws IOException {
    return new FileBody(Status.OK, ContentType.of(file), file, 0, Files.size(file));
  }

  /// Leaves HTTP: after `101 Switching Protocols` the connection is the handler's, with the bytes
  /// that the peer has sent behind its request still to be read (RFC 9110, section 7.8). In answer
  /// to CONNECT the status is 200. The handler names its own phases (see
  /// [dev.heddle.Connection#awaiting]).
  ///
  /// @param protocol as the peer's `Upgrade` field names it
  static Response upgrade(String protocol, ConnectionHandler handler) {
    return new Upgrade(Headers.of("Connection", "Upgrade", "Upgrade", protocol), handler);
  }

  private static void check(Status status, Headers headers) {
    HttpLimits.check(status.code() >= 200, "status", status, "200 to 599");
    checkFraming(headers);
  }

  /// RFC 9110, section 15.3.6: a 205 has a length of zero, where others just have no body.
  private static void checkContent(Status status, boolean hasContent) {
    HttpLimits.check(
        status.code() != 205 || !hasContent, "status", status, "one that may have a body");
  }

  private static void checkFraming(Headers headers) {
    if (headers.has(KnownField.FRAMING)) {
      throw new IllegalArgumentException(
          "Content-Length, Transfer-Encoding and Keep-Alive are not a handler's to set");
    }
  }

  /// A body that is there.
  ///
  /// @param body must not change any more; not sent where the status or the method forbids one
  @SuppressWarnings("ArrayRecordComponent") // equal is what has the same array
  record Full(Status status, Headers headers, byte[] body) implements Response {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the status is below 200, or may have no such body; if a
    ///   field is of the framing
    public Full {
      check(status, headers);
      checkContent(status, body.length > 0);
    }
  }

  /// A body that is written piece by piece.
  ///
  /// @param length in octets, or -1 if only its end will tell
  /// @param trailers asked for when the body has been written, and sent behind it to a peer that
  ///   takes trailers (RFC 9110, section 6.5) if the length is not known; null: none
  record Streaming(
      Status status,
      Headers headers,
      long length,
      StreamBody body,
      @Nullable Supplier<Headers> trailers)
      implements Response {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the status is below 200, or may have no such body; if a
    ///   field is of the framing; if the length is below -1
    public Streaming {
      check(status, headers);
      checkContent(status, true);
      HttpLimits.check(length >= -1, "length", length, "a number from 0, or -1");
    }

    /// A body without trailers.
    public Streaming(Status status, Headers headers, long length, StreamBody body) {
      this(status, headers, length, body, null);
    }
  }

  /// A part of a file, sent without copying where the engine can.
  ///
  /// @param position of the first octet
  /// @param count of octets; the file must not become shorter
  record FileBody(Status status, Headers headers, Path file, long position, long count)
      implements Response {
    /// Checks the parts.
    ///
    /// @throws IllegalArgumentException if the status is below 200, or may have no such body; if a
    ///   field is of the framing; if the position or the count is negative
    public FileBody {
      check(status, headers);
      checkContent(status, true);
      HttpLimits.check(position >= 0, "position", position, "a number from 0");
      HttpLimits.check(count >= 0, "count", count, "a number from 0");
    }
  }

  /// The end of HTTP on this connection.
  record Upgrade(Headers headers, ConnectionHandler handler) implements Response {
    /// Checks the fields.
    ///
    /// @throws IllegalArgumentException if one is of the framing
    public Upgrade {
      checkFraming(headers);
    }

    @Override
    public Status status() {
      return Status.SWITCHING_PROTOCOLS;
    }
  }
}
