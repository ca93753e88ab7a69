package dev.heddle.demo.http;

import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.TlsSession;
import dev.heddle.http.Headers;
import dev.heddle.http.Html;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import java.security.cert.X509Certificate;

/// A page of what the server saw of a request.
final class HeadersPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>What the server saw</title>
      <link rel="icon" href="/icon.svg">
      <link rel="stylesheet" href="/style.css">
      <main>
      <h1>What the server saw</h1>
      <table class="fields">
      """;
  private static final String TAIL =
      """
      </table>
      <p><a href="/">Back to the live page</a></p>
      </main>
      </html>
      """;

  private HeadersPage() {}

  static Response show(Request request) {
    StringBuilder page = new StringBuilder(HEAD);
    row(page, "method", request.method());
    row(page, "target", request.target().toString());
    row(page, "version", request.version());
    row(page, "scheme", request.scheme());
    row(page, "host", request.host());
    row(page, "peer", Peer.format(request.peer().remote()));
    ProxyHeader proxy = request.peer().proxy();
    if (proxy != null) {
      row(page, "proxy", Peer.format(proxy.sender().remote()));
    }
    TlsSession tls = request.tls();
    if (tls != null) {
      row(
          page,
          "TLS",
          tls.protocol() + " " + tls.cipherSuite() + (tls.resumed() ? ", resumed" : ""));
      for (X509Certificate certificate : tls.peerCertificates()) {
        row(page, "certificate", certificate.getSubjectX500Principal().getName());
      }
    }
    for (Headers.Field field : request.headers()) {
      row(page, field.name(), field.value());
    }
    return Page.guarded(Response.html(page.append(TAIL).toString()));
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><th scope=\"row\">").append(Html.escape(name));
    page.append("</th><td>").append(Html.escape(value)).append("</td></tr>\n");
  }
}
