package dev.heddle.demo.http;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.StaticFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What there is to download where nobody has said what. The system sends files, not what is in a
/// jar: so they are unpacked when they are first asked for, for as long as the program runs.
///
/// Threading: any thread.
final class SampleFiles implements HttpHandler {
  private static final int MEGABYTE = 1 << 20;

  private volatile @Nullable HttpHandler unpacked;

  @Override
  public Response handle(Request request) throws Exception {
    HttpHandler files = unpacked;
    return (files != null ? files : unpack()).handle(request);
  }

  private synchronized HttpHandler unpack() throws IOException {
    HttpHandler files = unpacked;
    if (files == null) {
      files = StaticFiles.of(folder());
      unpacked = files;
    }
    return files;
  }

  private static Path folder() throws IOException {
    Path folder = untilExit(Files.createTempDirectory("heddle-http-"));
    add(folder, "index.html", Page.read("samples.html"));
    add(folder, "icon.svg", Page.read("icon.svg"));
    add(folder, "hello.txt", Page.read("hello.txt"));
    add(folder, "megabyte.bin", new byte[MEGABYTE]);
    return folder;
  }

  private static void add(Path folder, String name, byte[] content) throws IOException {
    untilExit(Files.write(folder.resolve(name), content));
  }

  /// What is made last goes first: a folder is empty by the time it goes.
  private static Path untilExit(Path path) {
    path.toFile().deleteOnExit();
    return path;
  }
}
