package dev.heddle.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Writes headers of version 2, right and wrong, by other means than ours.
final class Version2 {
  static final byte[] SIGNATURE = "\r\n\r\n\0\r\nQUIT\n".getBytes(US_ASCII);

  private final int versionAndCommand;
  private final int family;
  private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
  private int checksumAt = -1;

  Version2(int versionAndCommand, int family) {
    this.versionAndCommand = versionAndCommand;
    this.family = family;
  }

  static Version2 ipv4() {
    return new Version2(0x21, 0x11)
        .bytes(192, 0, 2, 1, 198, 51, 100, 1)
        .bytes(0xdc, 0x04, 0x01, 0xbb);
  }

  static Version2 ipv6() {
    Version2 header = new Version2(0x21, 0x21);
    header.bytes(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    header.bytes(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
    return header.bytes(0xff, 0xff, 0, 0);
  }

  static Version2 unix(String source, String destination) {
    return new Version2(0x21, 0x31).padded(source).padded(destination);
  }

  private Version2 padded(String path) {
    byte[] octets = new byte[108];
    byte[] name = path.getBytes(UTF_8);
    System.arraycopy(name, 0, octets, 0, name.length);
    payload.writeBytes(octets);
    return this;
  }

  Version2 bytes(int... octets) {
    for (int octet : octets) {
      payload.write(octet);
    }
    return this;
  }

  Version2 extension(int type, byte[] value) {
    bytes(type, value.length >> 8, value.length);
    payload.writeBytes(value);
    return this;
  }

  Version2 extension(int type, String value) {
    return extension(type, value.getBytes(UTF_8));
  }

  /// The checksum of all, whatever comes behind.
  Version2 checksum() {
    checksumAt = SIGNATURE.length + 4 + payload.size() + 3;
    return extension(0x03, new byte[4]);
  }

  byte[] build() {
    return build(payload.size());
  }

  /// A header that says so of its length.
  byte[] build(int length) {
    ByteBuffer header = ByteBuffer.allocate(SIGNATURE.length + 4 + payload.size());
    header.put(SIGNATURE).put((byte) versionAndCommand).put((byte) family).putShort((short) length);
    header.put(payload.toByteArray());
    if (checksumAt >= 0) {
      CRC32C sum = new CRC32C();
      sum.update(header.array());
      header.putInt(checksumAt, (int) sum.getValue());
    }
    return header.array();
  }
}
