package dev.heddle.ws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A frame as it stands on the wire, written and read by the book and byte by byte, so that it
/// knows nothing of what is tested.
///
/// @param first the first byte: FIN, the reserved bits and the opcode
@SuppressWarnings("ArrayRecordComponent") // compared by its content, below
record Frame(int first, byte[] payload) {
  static final int FIN = 0x80;
  static final int RSV1 = 0x40;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  static Frame text(String text) {
    return new Frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  static Frame binary(byte[] payload) {
    return new Frame(FIN | BINARY, payload);
  }

  static Frame ping(String data) {
    return new Frame(FIN | PING, data.getBytes(StandardCharsets.UTF_8));
  }

  static Frame close(int code) {
    return new Frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
  }

  int opcode() {
    return first & 0xf;
  }

  String text() {
    return new String(payload, StandardCharsets.UTF_8);
  }

  /// The code of a Close frame; 1005 if it has none.
  int code() {
    return payload.length == 0 ? 1005 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
  }

  /// As a client sends it.
  byte[] masked(int key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, 0x80);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(key >> shift);
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ key >> (24 - 8 * (i % 4)));
    }
    return out.toByteArray();
  }

  /// As a server sends it.
  byte[] unmasked() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    head(out, 0);
    out.writeBytes(payload);
    return out.toByteArray();
  }

  private void head(ByteArrayOutputStream out, int mask) {
    out.write(first);
    int length = payload.length;
    if (length <= 125) {
      out.write(mask | length);
    } else if (length <= 65_535) {
      out.write(mask | 126);
      out.write(length >> 8);
      out.write(length);
    } else {
      out.write(mask | 127);
      out.writeBytes(new byte[4]);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(length >> shift);
      }
    }
  }

  /// The frames that a server has sent, all of them whole.
  static List<Frame> parse(byte[] sent) {
    List<Frame> frames = new ArrayList<>();
    for (int at = 0; at < sent.length; ) {
      int length = sent[at + 1]; // negative if it were masked
      int from = at + 2;
      if (length == 126) {
        length = (sent[from] & 0xff) << 8 | (sent[from + 1] & 0xff);
        from += 2;
      } else if (length == 127) {
        length = 0;
        for (int i = 0; i < 8; i++) {
          length = length << 8 | (sent[from++] & 0xff);
        }
      }
      frames.add(new Frame(sent[at] & 0xff, Arrays.copyOfRange(sent, from, from + length)));
      at = from + length;
    }
    return frames;
  }

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame that
        && first == that.first
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(payload);
  }

  /// As in `81 48656c6c6f`.
  @Override
  public String toString() {
    return (Integer.toHexString(first) + " " + HexFormat.of().formatHex(payload)).strip();
  }
}
