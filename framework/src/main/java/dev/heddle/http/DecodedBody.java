package dev.heddle.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// A request's body without its content coding (RFC 9110, section 8.4), up to a limit.
final class DecodedBody extends InputStream {
  private final InputStream in;
  private long left;

  private DecodedBody(InputStream in, long limit) {
    this.in = in;
    this.left = limit;
  }

  static InputStream of(RequestBody body, String coding, long limit) throws IOException {
    try {
      return switch (coding.toLowerCase(Locale.ROOT)) {
        case "identity" -> new DecodedBody(body, limit);
        case "gzip", "x-gzip" -> new DecodedBody(new GZIPInputStream(body), limit);
        case "deflate" -> new DecodedBody(new InflaterInputStream(body), limit);
        default ->
            throw new ProtocolException(Status.UNSUPPORTED_MEDIA_TYPE, "an unknown content coding");
      };
    } catch (ZipException | EOFException e) {
      throw malformed();
    }
  }

  private static ProtocolException malformed() {
    return ProtocolException.badRequest("the body is not of its content coding");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] dst, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(dst, offset, length);
    } catch (ZipException | EOFException e) {
      throw malformed();
    }
    left -= Math.max(count, 0);
    if (left < 0) {
      throw new ProtocolException(Status.CONTENT_TOO_LARGE, "the decoded body is too long");
    }
    return count;
  }

  /// Gives back what the decoder holds.
  @Override
  public void close() throws IOException {
    in.close();
  }
}
