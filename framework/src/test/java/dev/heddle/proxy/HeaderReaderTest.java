package dev.heddle.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Peer;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Headers of both versions: what is taken, and what is not. Each is tried whole, cut off at every
/// byte, and with bytes behind.
class HeaderReaderTest {
  private static final String UNKNOWN = "(unknown)";
  private static final int SSL = 0x20;

  /// A header.
  ///
  /// @param ends source and destination as they are written
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Good(String name, byte[] bytes, String ends) {
    @Override
    public String toString() {
      return name;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bad(String name, byte[] bytes, String why) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Good line(String text, String ends) {
    return new Good(text, (text + "\r\n").getBytes(ISO_8859_1), ends);
  }

  private static Bad badLine(String text, String why) {
    return new Bad(text, (text + "\r\n").getBytes(ISO_8859_1), why);
  }

  static Stream<Good> goodHeaders() {
    String both = "192.0.2.1:56324 198.51.100.1:443";
    return Stream.of(
        line("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443", both),
        line(
            "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535",
            "255.255.255.255:65535 255.255.255.255:65535"),
        line("PROXY TCP6 2001:db8::1 ::1 0 1", "[2001:db8:0:0:0:0:0:1]:0 [0:0:0:0:0:0:0:1]:1"),
        line("PROXY UNKNOWN", UNKNOWN),
        line("PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535", UNKNOWN),
        line("PROXY UNKNOWN" + " ".repeat(92), UNKNOWN),
        new Good("ipv4", Version2.ipv4().build(), both),
        new Good(
            "ipv6",
            Version2.ipv6().build(),
            "[2001:db8:0:0:0:0:0:1]:65535 [2001:db8:0:0:0:0:0:2]:0"),
        new Good("unix", Version2.unix("/a/b", "/c").build(), "unix:/a/b unix:/c"),
        new Good("unix, abstract", Version2.unix("\0ab", "").build(), "unix: unix:"),
        new Good(
            "unix, full",
            Version2.unix("x".repeat(108), "").build(),
            "unix:" + "x".repeat(108) + " unix:"),
        new Good("unspecified", new Version2(0x21, 0).build(), UNKNOWN),
        new Good(
            "unspecified, with extensions",
            new Version2(0x21, 0).extension(2, "a").build(),
            UNKNOWN),
        new Good("with an extension", Version2.ipv4().extension(0xea, "x").build(), both),
        new Good("with one of nothing", Version2.ipv4().extension(4, "").build(), both),
        new Good("with a checksum", Version2.ipv4().checksum().build(), both),
        new Good(
            "with a checksum in the middle",
            Version2.ipv6().extension(2, "a").checksum().extension(4, "abc").build(),
            "[2001:db8:0:0:0:0:0:1]:65535 [2001:db8:0:0:0:0:0:2]:0"),
        new Good("as long as may be", Version2.ipv4().extension(4, new byte[4081]).build(), both));
  }

  static Stream<Bad> badHeaders() {
    String line = "not that of version 1";
    String family = "not of its family";
    String port = "no number from 0 to 65535";
    String cut = "cut short";
    return Stream.of(
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 56324", line),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443 ", line),
        badLine("PROXY  TCP4 192.0.2.1 198.51.100.1 56324 443", line),
        badLine("PROXY tcp4 192.0.2.1 198.51.100.1 56324 443", line),
        badLine("PROXY TCP5 192.0.2.1 198.51.100.1 56324 443", line),
        badLine("PROXY ", line),
        badLine("PROXY / HTTP/1.1", line),
        badLine("PROXY TCP4 192.0.2.1\t198.51.100.1 56324 443 9", family),
        badLine("PROXY TCP4 192.0.2.01 198.51.100.1 56324 443", family),
        badLine("PROXY TCP4 192.0.2.256 198.51.100.1 56324 443", family),
        badLine("PROXY TCP4 192.0.2 198.51.100.1 56324 443", family),
        badLine("PROXY TCP4 localhost 198.51.100.1 56324 443", family),
        badLine("PROXY TCP4 ::1 ::2 56324 443", family),
        badLine("PROXY TCP6 192.0.2.1 198.51.100.1 56324 443", family),
        badLine("PROXY TCP6 fe80::1%eth0 ::1 56324 443", family),
        badLine("PROXY TCP6 ::1::1 ::1 56324 443", family),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 56324 65536", port),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 056 443", port),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 +56 443", port),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 -1 443", port),
        badLine("PROXY TCP4 192.0.2.1 198.51.100.1 5632400000 443", port),
        badLine("PROXY UNKNOWN" + " ".repeat(93), "too long"),
        new Bad("only LF", "PROXY UNKNOWN\n".getBytes(ISO_8859_1), "without a CR"),
        new Bad("only CR", "PROXY UNKNOWN\rx".getBytes(ISO_8859_1), "without LF"),
        new Bad("endless", ("PROXY " + "x".repeat(101)).getBytes(ISO_8859_1), "too long"),
        new Bad("version 1 in binary", new Version2(0x11, 0x11).build(), "version"),
        new Bad("version 3", new Version2(0x31, 0x11).build(), "version"),
        new Bad("command 2", new Version2(0x22, 0x11).build(), "command"),
        new Bad("datagrams", new Version2(0x21, 0x12).build(), "not of streams"),
        new Bad("family 4", new Version2(0x21, 0x41).build(), "family"),
        new Bad("protocol 3", new Version2(0x21, 0x13).build(), "family"),
        new Bad("no addresses", new Version2(0x21, 0x11).build(), cut),
        new Bad("half", new Version2(0x21, 0x11).bytes(1, 2, 3, 4, 1, 2, 3, 4, 0).build(), cut),
        new Bad("ipv6, half", new Version2(0x21, 0x21).bytes(1, 2, 3, 4).build(), cut),
        new Bad("unix, half", new Version2(0x21, 0x31).bytes(1, 2, 3, 4).build(), cut),
        new Bad("an extension's head", Version2.ipv4().bytes(0xea, 0).build(), cut),
        new Bad("an extension", Version2.ipv4().bytes(0xea, 0, 2, 1).build(), cut),
        new Bad("a long one", Version2.ipv4().bytes(0xea, 0xff, 0xff, 1).build(), cut),
        new Bad("a wrong checksum", Version2.ipv4().extension(3, "abcd").build(), "wrong"),
        new Bad("a short checksum", Version2.ipv4().extension(3, "abc").build(), "no CRC32c"),
        new Bad("a long name", Version2.ipv4().extension(5, "x".repeat(129)).build(), "too long"),
        new Bad("TLS, half", Version2.ipv4().extension(SSL, "abcd").build(), cut),
        new Bad(
            "TLS, half within",
            Version2.ipv4().extension(SSL, new byte[] {1, 0, 0, 0, 0, 0x21, 0}).build(),
            cut),
        new Bad("too long", Version2.ipv4().build(4097), "too long"),
        new Bad("far too long", Version2.ipv4().build(0xffff), "too long"));
  }

  private static String ends(Heading.Present header) {
    Heading.Ends ends = header.ends();
    return ends == null
        ? UNKNOWN
        : Peer.format(ends.source()) + " " + Peer.format(ends.destination());
  }

  private static Heading.Present header(byte[] bytes) throws ProxyProtocolException {
    return (Heading.Present) HeaderReader.read(ByteBuffer.wrap(bytes));
  }

  @ParameterizedTest
  @MethodSource("goodHeaders")
  void aHeaderIsReadAndWhatIsBehindItLeft(Good good) throws Exception {
    assertThat(ends(header(good.bytes))).isEqualTo(good.ends);
    ByteBuffer more = ByteBuffer.allocate(good.bytes.length + 9);
    more.put(3, good.bytes).position(3);
    Heading.Present header = (Heading.Present) HeaderReader.read(more);
    assertThat(header.length()).isEqualTo(good.bytes.length);
    assertThat(ends(header)).isEqualTo(good.ends);
    assertThat(more.position()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("goodHeaders")
  void aHeaderThatIsCutOffAnywhereIsAwaited(Good good) throws Exception {
    for (int length = 0; length < good.bytes.length; length++) {
      assertThat(HeaderReader.read(ByteBuffer.wrap(good.bytes, 0, length)))
          .as("after %d", length)
          .isInstanceOf(Heading.Incomplete.class);
    }
  }

  @ParameterizedTest
  @MethodSource("badHeaders")
  void anyOtherIsRefusedAndNeverTakenForNone(Bad bad) throws Exception {
    assertThatThrownBy(() -> HeaderReader.read(ByteBuffer.wrap(bad.bytes)))
        .isInstanceOf(ProxyProtocolException.class)
        .hasMessageContaining(bad.why);
    for (int length = 0; length < bad.bytes.length; length++) {
      try {
        assertThat(HeaderReader.read(ByteBuffer.wrap(bad.bytes, 0, length)))
            .as("after %d", length)
            .isInstanceOf(Heading.Incomplete.class);
      } catch (ProxyProtocolException e) {
        assertThat(length).as("%s", e).isGreaterThan(5);
      }
    }
  }

  @Test
  void otherProtocolsAreNotTakenForHeaders() throws Exception {
    for (String text : new String[] {"GET / HTTP/1.1", "PUT", "PRI * HTTP/2", "\r\nGET", "x"}) {
      assertThat(HeaderReader.read(ByteBuffer.wrap(text.getBytes(ISO_8859_1))))
          .as(text)
          .isInstanceOf(Heading.Absent.class);
    }
    assertThat(HeaderReader.read(ByteBuffer.wrap(new byte[] {0x16, 3, 1})))
        .isInstanceOf(Heading.Absent.class);
  }

  @Test
  void aProxyMaySpeakForItself() throws Exception {
    byte[] local = new Version2(0x20, 0).build();
    assertThat(header(local).isLocal()).isTrue();
    byte[] withRubbish = new Version2(0x20, 0x11).bytes(1, 2, 3).build();
    assertThat(header(withRubbish).isLocal()).isTrue();
    assertThat(header(withRubbish).ends()).isNull();
    assertThat(header(withRubbish).length()).isEqualTo(withRubbish.length);
  }

  @Test
  void everyBitOfAHeaderIsUnderItsChecksum() {
    byte[] header = Version2.ipv4().extension(2, "example.org").checksum().build();
    for (int bit = 16 * 8; bit < header.length * 8; bit++) {
      byte[] flipped = header.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      if (bit / 8 == header.length - 7) {
        continue; // what makes the checksum another extension
      }
      assertThatThrownBy(() -> HeaderReader.read(ByteBuffer.wrap(flipped)))
          .as("bit %d", bit)
          .isInstanceOf(ProxyProtocolException.class);
    }
  }

  @Test
  void whateverComesIsReadOrRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Version2.ipv6().extension(SSL, "abcdefgh").extension(2, "a").build();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[12 + random.nextInt(bytes.length - 12)] = (byte) random.nextInt();
      }
      try {
        assertThat(HeaderReader.read(ByteBuffer.wrap(bytes))).isNotNull();
      } catch (ProxyProtocolException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
