package dev.heddle.demo.http;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/// A part of the demo's pages, from the jar.
final class Page {
  private Page() {}

  /// Reads it now, and serves it for ever.
  static HttpHandler of(String name, String contentType) throws IOException {
    Response response = guarded(Response.bytes(contentType, read(name)));
    return _ -> response;
  }

  /// With what keeps browsers from looking elsewhere for anything, or at an older version.
  static Response guarded(Response response) {
    return response
        .with("Cache-Control", "no-cache")
        .with("Content-Security-Policy", "default-src 'self'")
        .with("X-Content-Type-Options", "nosniff");
  }

  static byte[] read(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }
}
