package dev.heddle.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// A file as a response, whole or in parts (RFC 9110, section 14).
///
/// @param type its one field, `Content-Type`
record FileRanges(Path file, long size, Headers headers, Headers type) {

  /// All of it.
  Response whole() {
    return part(Status.OK, new ByteRange(0, size - 1));
  }

  /// What a `Range` field asks for.
  Response of(String range) {
    List<ByteRange> ranges = ByteRange.parse(range, size);
    if (ranges == null) {
      return whole();
    }
    if (ranges.isEmpty()) {
      return Response.status(Status.RANGE_NOT_SATISFIABLE).with("Content-Range", "bytes */" + size);
    }
    if (ranges.size() > 1) {
      return parts(ranges);
    }
    ByteRange only = ranges.getFirst();
    return part(Status.PARTIAL_CONTENT, only).with("Content-Range", only.contentRange(size));
  }

  private Response part(Status status, ByteRange range) {
    Headers all = Headers.builder().addAll(type).addAll(headers).build();
    return new Response.FileBody(status, all, file, range.first(), range.length());
  }

  /// `multipart/byteranges` (RFC 9110, section 14.6).
  private Response parts(List<ByteRange> ranges) {
    String boundary = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    long length = ("--" + boundary + "--\r\n").length();
    for (ByteRange range : ranges) {
      length += head(boundary, range).length() + range.length() + 2;
    }
    return new Response.Streaming(
        Status.PARTIAL_CONTENT,
        headers.with("Content-Type", "multipart/byteranges; boundary=" + boundary),
        length,
        out -> writeParts(out, boundary, ranges));
  }

  private void writeParts(OutputStream out, String boundary, List<ByteRange> ranges)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      InputStream in = Channels.newInputStream(channel);
      byte[] piece = new byte[8192];
      for (ByteRange range : ranges) {
        out.write(head(boundary, range).getBytes(StandardCharsets.US_ASCII));
        channel.position(range.first());
        for (long left = range.length(); left > 0; ) {
          int count = in.readNBytes(piece, 0, (int) Math.min(left, piece.length));
          out.write(piece, 0, count);
          left -= count == 0 ? left : count;
        }
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    out.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String head(String boundary, ByteRange range) {
    return "--"
        + boundary
        + "\r\n"
        + type
        + "Content-Range: "
        + range.contentRange(size)
        + "\r\n\r\n";
  }
}
