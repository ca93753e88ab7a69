package dev.heddle.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// Writes the values of ASN.1 that certificates and keys are made of, in the distinguished encoding
/// (ITU-T X.690): a tag, the length of the content, the content.
final class Der {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int NULL = 0x05;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... values) {
    return encode(SEQUENCE, values);
  }

  static byte[] set(byte[]... values) {
    return encode(SET, values);
  }

  static byte[] integer(BigInteger value) {
    return encode(INTEGER, value.toByteArray());
  }

  static byte[] integer(long value) {
    return integer(BigInteger.valueOf(value));
  }

  static byte[] bool(boolean value) {
    return encode(0x01, new byte[] {(byte) (value ? 0xff : 0)});
  }

  static byte[] nothing() {
    return encode(NULL);
  }

  static byte[] octetString(byte[] value) {
    return encode(OCTET_STRING, value);
  }

  /// A bit string of whole octets.
  static byte[] bitString(byte[] value) {
    return encode(BIT_STRING, new byte[1], value);
  }

  /// A bit string whose bits have names, the first the highest; those behind the last one that is
  /// set are left out.
  static byte[] namedBits(int octet) {
    return encode(
        BIT_STRING, new byte[] {(byte) Integer.numberOfTrailingZeros(octet), (byte) octet});
  }

  static byte[] utf8String(String value) {
    return encode(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  /// A time before 2050, as certificates have it (RFC 5280, section 4.1.2.5).
  static byte[] time(Instant value) {
    return encode(UTC_TIME, TIME.format(value).getBytes(StandardCharsets.US_ASCII));
  }

  /// An object identifier.
  ///
  /// @param dotted as in `1.2.840.10045.2.1`
  static byte[] oid(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    writeArc(content, 40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      writeArc(content, arcs[i]);
    }
    return encode(OBJECT_IDENTIFIER, content.toByteArray());
  }

  /// Seven bits an octet, the highest first; the top bit says that more follow.
  private static void writeArc(ByteArrayOutputStream content, int arc) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (arc >>> shift != 0) {
        content.write(0x80 | ((arc >>> shift) & 0x7f));
      }
    }
    content.write(arc & 0x7f);
  }

  /// A context-specific tag around values.
  static byte[] explicit(int number, byte[]... values) {
    return encode(CONTEXT | CONSTRUCTED | number, values);
  }

  /// A context-specific tag in place of the value's own.
  static byte[] implicit(int number, byte[] content) {
    return encode(CONTEXT | number, content);
  }

  private static byte[] encode(int tag, byte[]... contents) {
    int length = 0;
    for (byte[] content : contents) {
      length += content.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
    out.write(tag);
    writeLength(out, length);
    for (byte[] content : contents) {
      out.writeBytes(content);
    }
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    byte[] octets = BigInteger.valueOf(length).toByteArray();
    int zero = octets[0] == 0 ? 1 : 0;
    out.write(0x80 | (octets.length - zero));
    out.write(octets, zero, octets.length - zero);
  }
}
