package dev.heddle.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A part of a [Multipart] form.
///
/// @param name of the form's field
/// @param fileName as the peer calls the file, or null if it is none: a name to show, never a path
///   to write to
/// @param headers of the part
/// @param body valid until the next part is read
public record Part(String name, @Nullable String fileName, Headers headers, InputStream body) {

  static Part of(Headers headers, InputStream body) throws ProtocolException {
    HeaderParameters disposition = HeaderParameters.parse(headers.get("Content-Disposition", ""));
    String name = disposition.get("name");
    if (!disposition.value().equalsIgnoreCase("form-data") || name == null) {
      throw ProtocolException.badRequest("a part without a name");
    }
    String fileName = disposition.get("filename");
    return new Part(text(name), fileName == null ? null : text(fileName), headers, body);
  }

  /// Names are sent in UTF-8, and with quotes and line ends percent-encoded (RFC 7578, section
  /// 4.2).
  private static String text(String value) {
    String utf8 = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return utf8.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
  }

  /// All of the body, read as UTF-8.
  ///
  /// @param limit the most it may be, in octets
  /// @throws ProtocolException 413 if it is longer
  public String text(int limit) throws IOException {
    byte[] bytes = body.readNBytes(limit);
    if (body.read() >= 0) {
      throw new ProtocolException(Status.CONTENT_TOO_LARGE, "a part is too long");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
