package dev.heddle.http;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Serves the files of a directory, to GET and HEAD:
///
/// ```java
/// Router.builder().any("/files/**", StaticFiles.of(Path.of("public")))
/// ```
///
/// The path is what [Request#remaining()] says. Nothing outside of the directory is served,
/// whatever a path says or a symbolic link leads to; and no name that begins with a dot. A
/// directory is served as its `index.html`, or not at all.
///
/// Conditional requests and ranges are understood (RFC 9110, sections 13 and 14). A sibling `x.br`,
/// `x.zst` or `x.gz` is sent in place of `x` to those who accept its coding.
///
/// Threading: any thread.
public final class StaticFiles implements HttpHandler {
  private static final List<Coding> CODINGS =
      List.of(new Coding("br", ".br"), new Coding("zstd", ".zst"), new Coding("gzip", ".gz"));

  private final Path root;

  private StaticFiles(Path root) {
    this.root = root;
  }

  private record Coding(String name, String extension) {}

  /// @param coding of the file, or null if it is as it is
  private record Found(Path file, BasicFileAttributes attributes, @Nullable Coding coding) {}

  /// Serves a directory.
  ///
  /// @throws IOException if it is not there
  public static StaticFiles of(Path directory) throws IOException {
    return new StaticFiles(directory.toRealPath());
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.isHead()) {
      return Response.status(Status.METHOD_NOT_ALLOWED).with("Allow", "GET, HEAD");
    }
    try {
      Path file = resolve(request.remaining());
      if (file == null) {
        return notFound();
      }
      if (Files.isDirectory(file)) {
        return directory(request, file);
      }
      return request.path().endsWith("/") ? notFound() : serve(request, file);
    } catch (FileSystemException | InvalidPathException e) {
      return notFound();
    }
  }

  private static Response notFound() {
    return Response.text(Status.NOT_FOUND, "404 Not Found\n");
  }

  private Response directory(Request request, Path directory) throws IOException {
    if (!request.path().endsWith("/")) {
      String query = request.target().query();
      String location = "./" + request.path().substring(request.path().lastIndexOf('/') + 1) + "/";
      return Response.redirect(
          Status.PERMANENT_REDIRECT, query.isEmpty() ? location : location + "?" + query);
    }
    return serve(request, inside(directory.resolve("index.html")));
  }

  /// The file that the segments lead to, or null if it may not be seen.
  private @Nullable Path resolve(List<String> segments) throws IOException {
    Path file = root;
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      if (segment.isEmpty() && last) {
        break;
      }
      if (segment.isEmpty() || segment.startsWith(".") || !isName(segment)) {
        return null;
      }
      file = file.resolve(segment);
    }
    return inside(file);
  }

  private static boolean isName(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c < ' ' || c == '/' || c == '\\' || c == ':') {
        return false;
      }
    }
    return true;
  }

  /// The file itself, behind all links.
  ///
  /// @throws NoSuchFileException if it is not there, or not below the root
  private Path inside(Path file) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(root)) {
      throw new NoSuchFileException(file.toString());
    }
    return real;
  }

  private boolean isInside(Path file) throws IOException {
    return file.toRealPath().startsWith(root);
  }

  private Response serve(Request request, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      return notFound();
    }
    Found found = precompressed(request, new Found(file, attributes, null));
    Instant modified = found.attributes.lastModifiedTime().toInstant();
    Preconditions conditions =
        new Preconditions(etag(found), modified.truncatedTo(ChronoUnit.SECONDS));
    Headers headers = headers(conditions, found.coding);
    Status decided = conditions.evaluate(request);
    if (decided != null) {
      return Response.status(decided).withHeaders(headers);
    }
    String range = request.header("Range");
    FileRanges ranges =
        new FileRanges(found.file, found.attributes.size(), headers, ContentType.of(file));
    return range == null || request.isHead() || !conditions.allowRange(request)
        ? ranges.whole()
        : ranges.of(range);
  }

  /// Of what changes when the file does; each coding is a representation of its own.
  private static String etag(Found found) {
    String modified = Long.toHexString(found.attributes.lastModifiedTime().toMillis());
    String size = Long.toHexString(found.attributes.size());
    String coding = found.coding == null ? "" : "-" + found.coding.name;
    return "\"" + modified + "-" + size + coding + "\"";
  }

  private static Headers headers(Preconditions conditions, @Nullable Coding coding) {
    Headers headers =
        Headers.of(
            "Last-Modified",
            HttpDate.format(conditions.lastModified()),
            "ETag",
            conditions.etag(),
            "Accept-Ranges",
            "bytes",
            "Vary",
            "Accept-Encoding");
    return coding == null ? headers : headers.with("Content-Encoding", coding.name);
  }

  /// The sibling that the peer likes best, or the file itself.
  private Found precompressed(Request request, Found plain) throws IOException {
    Found best = plain;
    int bestWeight = 0;
    if (!request.headers().contains("Accept-Encoding")) {
      return plain;
    }
    for (Coding coding : CODINGS) {
      int weight = AcceptEncoding.weight(request, coding.name);
      Path sibling =
          plain.file.resolveSibling(
              Objects.requireNonNull(plain.file.getFileName()) + coding.extension);
      if (weight > bestWeight && Files.isRegularFile(sibling) && isInside(sibling)) {
        best = new Found(sibling, Files.readAttributes(sibling, BasicFileAttributes.class), coding);
        bestWeight = weight;
      }
    }
    return best;
  }
}
