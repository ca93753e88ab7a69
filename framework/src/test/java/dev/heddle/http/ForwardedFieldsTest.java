package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Networks;
import dev.heddle.Peer;
import dev.heddle.http.ForwardedFields.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whom a proxy's fields make the peer. The proxy is 127.0.0.1; those of 10.0.0.0/8 are trusted,
/// too.
class ForwardedFieldsTest {
  private static final Networks TRUSTED = Networks.parse("127.0.0.0/8,10.0.0.0/8,::1");
  private static final HttpHandler SHOW =
      request ->
          Response.text(
              Peer.format(request.peer().remote())
                  + (" " + request.scheme() + "://" + request.host()));

  private static Reply exchange(Kind kind, Networks trusted, String fields) {
    HttpHandler handler = ForwardedFields.of(SHOW, kind, trusted);
    ScriptedTransport peer =
        new ScriptedTransport()
            .send("GET /x HTTP/1.1|Host: inner|".replace("|", "\r\n"))
            .send(fields.isEmpty() ? "\r\n" : fields.replace("|", "\r\n") + "\r\n\r\n");
    TestScope.serve(handler, peer);
    return Reply.parse(peer.written()).getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // What a single proxy says.
        "X-Forwarded-For: 192.0.2.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: 192.0.2.1:4711; 192.0.2.1:4711 http://inner",
        "X-Forwarded-For: 2001:db8::1; [2001:db8:0:0:0:0:0:1]:0 http://inner",
        "X-Forwarded-For: [2001:db8::1]:80; [2001:db8:0:0:0:0:0:1]:80 http://inner",
        "X-Forwarded-For: [2001:db8::192.0.2.1]; [2001:db8:0:0:0:0:c000:201]:0 http://inner",
        "X-Forwarded-For: [::]; [0:0:0:0:0:0:0:0]:0 http://inner",
        "X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: HTTPS; 192.0.2.1:0 https://inner",
        "X-Forwarded-For: 192.0.2.1|X-Forwarded-Host: a.org:1; 192.0.2.1:0 http://a.org:1",
        "X-Forwarded-Proto: https|X-Forwarded-Host: a.org; 127.0.0.1:1 https://a.org",
        // What the client has made up stands left of what the proxy added.
        "X-Forwarded-For: 127.0.0.1, 192.0.2.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: 6.6.6.6, 10.6.6.6, 192.0.2.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: rubbish, 192.0.2.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: 6.6.6.6|X-Forwarded-For: 192.0.2.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: 6.6.6.6|x-forwarded-FOR: 192.0.2.1, 10.0.0.1; 192.0.2.1:0 http://inner",
        // Through several that are trusted.
        "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.2, 10.0.0.1; 192.0.2.1:0 http://inner",
        "X-Forwarded-For: 10.0.0.3, 10.0.0.2; 10.0.0.3:0 http://inner",
        "X-Forwarded-For: 192.0.2.1, 10.0.0.1|X-Forwarded-Proto: https; 192.0.2.1:0 https://inner",
        "X-Forwarded-For: 6.6.6.6, 192.0.2.1|X-Forwarded-Proto: https, http; 192.0.2.1:0"
            + " http://inner",
        "X-Forwarded-For: 192.0.2.1, 10.0.0.1|X-Forwarded-Proto: https, http; 192.0.2.1:0"
            + " https://inner",
        // Hidden.
        "X-Forwarded-For: unknown; 127.0.0.1:1 http://inner",
        "X-Forwarded-For: 6.6.6.6, unknown, 10.0.0.1; 10.0.0.1:0 http://inner",
        // The other kind is the client's own.
        "Forwarded: for=6.6.6.6; 127.0.0.1:1 http://inner",
        "X-Forwarded-For: 192.0.2.1|Forwarded: for=6.6.6.6; 192.0.2.1:0 http://inner",
        "X-Real-IP: 6.6.6.6; 127.0.0.1:1 http://inner",
      })
  void legacyFieldsAreWalkedFromTheRight(String fields, String seen) {
    assertThat(exchange(Kind.X_FORWARDED, TRUSTED, fields).body()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "for=192.0.2.1 ^ 192.0.2.1:0 http://inner",
        "For=192.0.2.1;Proto=https;Host=a.org ^ 192.0.2.1:0 https://a.org",
        "for=\"192.0.2.1:4711\" ^ 192.0.2.1:4711 http://inner",
        "for=\"[2001:db8::17]:4711\";proto=http ^ [2001:db8:0:0:0:0:0:17]:4711 http://inner",
        "for=\"[2001:db8::17]\" ^ [2001:db8:0:0:0:0:0:17]:0 http://inner",
        "for=\"1\\92.0.2.1\"; host=\"a.org:1\" ^ 192.0.2.1:0 http://a.org:1",
        "by=10.0.0.1;for=192.0.2.1;secret=_x ^ 192.0.2.1:0 http://inner",
        "for=6.6.6.6, for=192.0.2.1 ^ 192.0.2.1:0 http://inner",
        "for=6.6.6.6;proto=https,for=192.0.2.1 ^ 192.0.2.1:0 http://inner",
        "for=192.0.2.1;proto=https, for=10.0.0.1;proto=http ^ 192.0.2.1:0 https://inner",
        "for=x, for=192.0.2.1 ^ 192.0.2.1:0 http://inner",
        "for=unknown ^ 127.0.0.1:1 http://inner",
        "for=_hidden;proto=https, for=10.0.0.2 ^ 10.0.0.2:0 https://inner",
        "for=\"_a:_b\" ^ 127.0.0.1:1 http://inner",
        "proto=https ^ 127.0.0.1:1 https://inner",
        "for=6.6.6.6|Forwarded: for=192.0.2.1 ^ 192.0.2.1:0 http://inner",
        ",, for=192.0.2.1 ,; ^ 192.0.2.1:0 http://inner",
      })
  void elementsAreWalkedFromTheRight(String value, String seen) {
    assertThat(exchange(Kind.FORWARDED, TRUSTED, "Forwarded: " + value).body()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      value = {
        "X_FORWARDED ^ X-Forwarded-For: rubbish",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1,",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.256",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1:65536",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.01",
        "X_FORWARDED ^ X-Forwarded-For: fe80::1%eth0",
        "X_FORWARDED ^ X-Forwarded-For: [192.0.2.1]",
        "X_FORWARDED ^ X-Forwarded-For: [192.0.2.1]:80",
        "X_FORWARDED ^ X-Forwarded-For: [192.0.2.1:80]",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1, [10.0.0.1]",
        "X_FORWARDED ^ X-Forwarded-For: []",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1|X-Forwarded-Proto: gopher",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1|X-Forwarded-Host: a b",
        "X_FORWARDED ^ X-Forwarded-For: 192.0.2.1|X-Forwarded-Host: a@b",
        "FORWARDED ^ Forwarded: for=rubbish",
        "FORWARDED ^ Forwarded: for=",
        "FORWARDED ^ Forwarded: for",
        "FORWARDED ^ Forwarded: for=192.0.2.1;for=192.0.2.2",
        "FORWARDED ^ Forwarded: for=2001:db8::1",
        "FORWARDED ^ Forwarded: for=\"[192.0.2.1]\"",
        "FORWARDED ^ Forwarded: for=\"[192.0.2.1]:80\"",
        "FORWARDED ^ Forwarded: for=192.0.2.1 proto=http",
        "FORWARDED ^ Forwarded: for=\"192.0.2.1",
        "FORWARDED ^ Forwarded: for=\"192.0.2.1\\",
        // An open quote does not swallow what the proxy adds.
        "FORWARDED ^ Forwarded: for=6.6.6.6;host=\", for=192.0.2.1",
        "FORWARDED ^ Forwarded: for=6.6.6.6;host=\", for=192.0.2.1;host=\"a\"",
      })
  void whatATrustedProxyCannotMeanIsRefused(Kind kind, String fields) {
    assertThat(exchange(kind, TRUSTED, fields).status()).isEqualTo(400);
  }

  @Test
  void whoeverIsNotTrustedIsNotBelieved() {
    for (Kind kind : Kind.values()) {
      String fields =
          "X-Forwarded-For: 6.6.6.6|X-Forwarded-Proto: https|X-Forwarded-Host: evil"
              + "|Forwarded: for=6.6.6.6;proto=https;host=evil";
      assertThat(exchange(kind, Networks.parse("10.0.0.0/8"), fields).body())
          .isEqualTo("127.0.0.1:1 http://inner");
      assertThat(exchange(kind, Networks.NONE, fields).body())
          .isEqualTo("127.0.0.1:1 http://inner");
      assertThat(exchange(kind, TRUSTED, "").body()).isEqualTo("127.0.0.1:1 http://inner");
    }
  }

  @Test
  void theProxyItselfIsKept() {
    Peer[] seen = new Peer[1];
    HttpHandler handler =
        ForwardedFields.of(
            request -> {
              seen[0] = request.peer();
              return Response.text("");
            },
            Kind.X_FORWARDED,
            TRUSTED);
    TestScope.serve(
        handler,
        new ScriptedTransport()
            .send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"));
    assertThat(seen[0]).hasToString("192.0.2.1:0");
    assertThat(seen[0].proxy().sender()).hasToString("127.0.0.1:1");
  }
}
