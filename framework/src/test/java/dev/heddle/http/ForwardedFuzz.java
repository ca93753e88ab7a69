package dev.heddle.http;

import static dev.heddle.http.RequestFuzz.check;

import dev.heddle.Networks;
import dev.heddle.Peer;
import dev.heddle.http.ForwardedFields.Kind;

/// Whatever a client says, the client is whom the proxy behind it has added; or the request is
/// refused. And whatever a proxy says is understood or refused.
public final class ForwardedFuzz {
  private static final Networks PROXIES = Networks.parse("127.0.0.1,10.0.0.0/8");
  private static final String ADDED = "192.0.2.43:0 https://a.example";

  private ForwardedFuzz() {}

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    String text = RequestFuzz.latin(input);
    String element = "for=192.0.2.43;proto=https;host=a.example";
    HeadersBuilder joined = Headers.builder();
    HeadersBuilder apart = Headers.builder();
    HeadersBuilder alone = Headers.builder();
    try {
      joined.add("Forwarded", text + ", " + element);
      apart.add("Forwarded", text).add("Forwarded", element);
      for (HeadersBuilder both : new HeadersBuilder[] {joined, apart}) {
        both.add("X-Forwarded-Proto", "https").add("X-Forwarded-Host", "a.example");
      }
      joined.add("X-Forwarded-For", text + ", 192.0.2.43");
      apart.add("X-Forwarded-For", text).add("X-Forwarded-For", "192.0.2.43");
      alone.add("Forwarded", text).add("X-Forwarded-For", text);
      alone.add("X-Forwarded-Proto", text).add("X-Forwarded-Host", text);
    } catch (IllegalArgumentException e) {
      return; // no peer gets it past the reader
    }
    for (Kind kind : Kind.values()) {
      for (HeadersBuilder both : new HeadersBuilder[] {joined, apart}) {
        String seen = seen(kind, both.build());
        check(seen.equals(ADDED) || seen.equals("refused"), "a client passes for another");
      }
      String seen = seen(kind, alone.build());
      check(seen.matches("refused|\\S+:\\d{1,5} https?://\\S*"), "a client that is none");
    }
  }

  /// The client as a handler sees it.
  private static String seen(Kind kind, Headers fields) throws Exception {
    HttpHandler show =
        request ->
            Response.status(204)
                .with(
                    "Seen",
                    Peer.format(request.peer().remote())
                        + (" " + request.scheme() + "://" + request.host()));
    try {
      return ForwardedFields.of(show, kind, PROXIES)
          .handle(Request.of("GET", "/", fields, new byte[0]))
          .headers()
          .get("Seen", "");
    } catch (ProtocolException e) {
      check(e.status().code() == 400, "a fault of ours");
      return "refused";
    }
  }
}
