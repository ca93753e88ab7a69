package dev.heddle.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Has the responses of a handler compressed, by gzip or deflate, where the peer accepts it, the
/// type is worth it and the body is not short (RFC 9110, section 8.4). Files are sent as they are:
/// [StaticFiles] serves compressed ones.
///
/// Do not compress what holds both a secret and what a stranger may choose: its length tells.
public final class Compression implements HttpHandler {
  private static final int DEFAULT_MINIMUM = 1024;

  private static final Set<String> WORTH_IT =
      Set.of(
          "application/javascript",
          "application/json",
          "application/manifest+json",
          "application/wasm",
          "application/xml",
          "image/svg+xml");

  private final HttpHandler handler;
  private final int minimum;

  private Compression(HttpHandler handler, int minimum) {
    this.handler = Objects.requireNonNull(handler);
    this.minimum = minimum;
  }

  /// Compresses bodies of 1 KiB and more, and streams.
  public static Compression of(HttpHandler handler) {
    return of(handler, DEFAULT_MINIMUM);
  }

  /// Compresses bodies of a size and more, and streams.
  ///
  /// @param minimum in octets
  public static Compression of(HttpHandler handler, int minimum) {
    return new Compression(handler, minimum);
  }

  @Override
  public Response handle(Request request) throws Exception {
    Response response = handler.handle(request);
    return switch (response) {
      case Response.Full full ->
          full.body().length < minimum || !isWorthIt(response) ? response : compress(request, full);
      case Response.Streaming stream -> isWorthIt(response) ? compress(request, stream) : response;
      case Response.FileBody _, Response.Upgrade _ -> response;
    };
  }

  private static Response compress(Request request, Response.Full response) throws IOException {
    String coding = coding(request);
    if (coding == null) {
      return response.withHeaders(varied(response.headers()));
    }
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(response.body().length / 2);
    try (OutputStream out = encoder(coding, compressed)) {
      out.write(response.body());
    }
    return new Response.Full(
        response.status(), encoded(response.headers(), coding), compressed.toByteArray());
  }

  private static Response compress(Request request, Response.Streaming response) {
    String coding = coding(request);
    if (coding == null) {
      return response.withHeaders(varied(response.headers()));
    }
    return new Response.Streaming(
        response.status(),
        encoded(response.headers(), coding),
        -1,
        out -> {
          try (OutputStream encoder = encoder(coding, out)) {
            response.body().writeTo(encoder);
          }
        },
        response.trailers());
  }

  /// The coding that the peer likes better, or null if it likes neither.
  private static @Nullable String coding(Request request) {
    int gzip = AcceptEncoding.weight(request, "gzip");
    int deflate = AcceptEncoding.weight(request, "deflate");
    return gzip == 0 && deflate == 0 ? null : gzip >= deflate ? "gzip" : "deflate";
  }

  /// What is flushed leaves compressed.
  private static OutputStream encoder(String coding, OutputStream out) throws IOException {
    return coding.equals("gzip")
        ? new GZIPOutputStream(out, 4096, true)
        : new DeflaterOutputStream(out, true);
  }

  private static boolean isWorthIt(Response response) {
    Headers headers = response.headers();
    if (headers.contains("Content-Encoding")
        || headers.contains("Content-Range")
        || headers.containsToken("Cache-Control", "no-transform")) {
      return false;
    }
    String type = headers.get("Content-Type", "").toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    return media.startsWith("text/") || WORTH_IT.contains(media);
  }

  private static Headers varied(Headers headers) {
    return headers.containsToken("Vary", "Accept-Encoding")
        ? headers
        : headers.with("Vary", "Accept-Encoding");
  }

  /// Other octets are another representation: its tag can only be weakly the same.
  private static Headers encoded(Headers headers, String coding) {
    String etag = headers.get("ETag", "");
    Headers tagged =
        etag.startsWith("\"") ? headers.without("ETag").with("ETag", "W/" + etag) : headers;
    return varied(tagged).with("Content-Encoding", coding);
  }
}
