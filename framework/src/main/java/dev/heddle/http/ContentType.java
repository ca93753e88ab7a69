package dev.heddle.http;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The media types of responses, each as the one field it makes.
final class ContentType {
  static final Headers TEXT = of("text/plain; charset=utf-8");
  static final Headers HTML = of("text/html; charset=utf-8");
  static final Headers JSON = of("application/json");
  static final byte[] NOTHING = {};

  private static final Headers UNKNOWN = of("application/octet-stream");
  private static final Map<String, Headers> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("html", HTML),
          Map.entry("htm", HTML),
          Map.entry("txt", TEXT),
          Map.entry("md", of("text/markdown; charset=utf-8")),
          Map.entry("css", of("text/css; charset=utf-8")),
          Map.entry("csv", of("text/csv; charset=utf-8")),
          Map.entry("js", of("text/javascript; charset=utf-8")),
          Map.entry("mjs", of("text/javascript; charset=utf-8")),
          Map.entry("json", JSON),
          Map.entry("map", JSON),
          Map.entry("xml", of("application/xml")),
          Map.entry("pdf", of("application/pdf")),
          Map.entry("wasm", of("application/wasm")),
          Map.entry("zip", of("application/zip")),
          Map.entry("gz", of("application/gzip")),
          Map.entry("webmanifest", of("application/manifest+json")),
          Map.entry("svg", of("image/svg+xml")),
          Map.entry("png", of("image/png")),
          Map.entry("jpg", of("image/jpeg")),
          Map.entry("jpeg", of("image/jpeg")),
          Map.entry("gif", of("image/gif")),
          Map.entry("webp", of("image/webp")),
          Map.entry("avif", of("image/avif")),
          Map.entry("ico", of("image/x-icon")),
          Map.entry("woff", of("font/woff")),
          Map.entry("woff2", of("font/woff2")),
          Map.entry("mp3", of("audio/mpeg")),
          Map.entry("mp4", of("video/mp4")),
          Map.entry("webm", of("video/webm")));

  private ContentType() {}

  private static Headers of(String type) {
    return Headers.of("Content-Type", type);
  }

  /// The type of a file, by its extension.
  static Headers of(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    String extension = text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
  }
}
