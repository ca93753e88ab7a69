package dev.heddle.demo.ws;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Response;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/// A part of the chat's page, from the jar.
final class Page {
  /// Nothing but what this server serves, and nothing in between: a message that looks like a
  /// script stays a message, even if the page forgot to treat it as text.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private Page() {}

  /// Reads it now, and serves it for ever.
  static HttpHandler of(String name, String contentType) throws IOException {
    Response response =
        Response.bytes(contentType, read(name))
            .with("Cache-Control", "no-cache")
            .with("Content-Security-Policy", POLICY)
            .with("Referrer-Policy", "no-referrer")
            .with("X-Content-Type-Options", "nosniff");
    return _ -> response;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }
}
