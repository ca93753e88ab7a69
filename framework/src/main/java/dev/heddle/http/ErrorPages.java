package dev.heddle.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Gives errors the form that the client prefers: a page for browsers, `application/problem+json`
/// (RFC 9457) for programs, a line of text for all others.
///
/// What is formed are failures of the handler, and its responses of status 400 and above that have
/// no body, or one of plain text, which then is the detail. What else a handler answers is its own
/// form of error, and stays. Of an exception nothing is told but its status: its message and stack
/// are in the log alone.
///
/// A message that breaks HTTP itself never comes to a handler: [Http1] refuses it in plain text.
public final class ErrorPages implements HttpHandler {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'";

  private final HttpHandler handler;

  private ErrorPages(HttpHandler handler) {
    this.handler = Objects.requireNonNull(handler);
  }

  /// Forms the errors of a handler.
  public static HttpHandler of(HttpHandler handler) {
    return new ErrorPages(handler);
  }

  @Override
  public Response handle(Request request) throws Exception {
    Response response = answer(request);
    return response instanceof Response.Full error && isPlain(error)
        ? form(request, error)
        : response;
  }

  private Response answer(Request request) throws IOException {
    try {
      return Objects.requireNonNull(handler.handle(request), "the handler returned no response");
    } catch (Throwable e) {
      return Http1.refusal(request, e);
    }
  }

  private static boolean isPlain(Response.Full response) {
    return response.status().code() >= 400
        && !response.headers().contains("Content-Encoding")
        && (response.body().length == 0
            || response.headers().get("Content-Type", "").startsWith("text/plain"));
  }

  private static Response form(Request request, Response.Full error) {
    Status status = error.status();
    String detail = detail(new String(error.body(), StandardCharsets.UTF_8), status);
    return switch (ErrorForm.preferredBy(request)) {
      case HTML ->
          formed(error, "text/html; charset=utf-8", html(status, detail))
              .with("Content-Security-Policy", CONTENT_SECURITY_POLICY)
              .with("X-Content-Type-Options", "nosniff");
      case JSON -> formed(error, "application/problem+json", json(status, detail));
      case TEXT -> formed(error, "text/plain; charset=utf-8", text(status, detail));
    };
  }

  private static Response formed(Response.Full error, String type, String body) {
    Headers headers =
        error.headers().without("Content-Type").with("Content-Type", type).with("Vary", "Accept");
    return new Response.Full(error.status(), headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /// What is said besides the status, if anything is.
  private static String detail(String body, Status status) {
    String text = body.strip();
    return text.startsWith(status.toString())
        ? text.substring(status.toString().length()).replaceFirst("^:", "").strip()
        : text;
  }

  private static String html(Status status, String detail) {
    String title = Html.escape(status.toString().strip());
    return """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>:root { color-scheme: light dark; font-family: sans-serif; margin: 3em }</style>
    <h1>%s</h1>
    <p>%s</p>
    </html>
    """
        .formatted(title, title, Html.escape(detail));
  }

  private static String json(Status status, String detail) {
    String more = detail.isEmpty() ? "" : ",\"detail\":\"" + escape(detail) + "\"";
    return "{\"title\":\"%s\",\"status\":%d%s}"
        .formatted(escape(status.reason()), status.code(), more);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String text(Status status, String detail) {
    return status.toString().strip() + (detail.isEmpty() ? "" : ": " + detail) + "\n";
  }
}
