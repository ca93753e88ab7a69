package dev.heddle.http;

import static dev.heddle.http.RequestFuzz.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Any target leads to a route or to none, and no way out of a folder of files.
public final class RouterFuzz {
  private static final Router ROUTER = router();

  private RouterFuzz() {}

  private static Router router() {
    try {
      return router(folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() throws IOException {
    Path outside = untilExit(Files.createTempDirectory("heddle-fuzz"));
    Path root = untilExit(Files.createDirectory(outside.resolve("root")));
    untilExit(Files.createDirectory(root.resolve("sub")));
    untilExit(Files.writeString(outside.resolve("secret"), "secret"));
    untilExit(Files.writeString(root.resolve(".hidden"), "secret"));
    untilExit(Files.writeString(root.resolve("open"), "open"));
    return root;
  }

  /// What is made last goes first: a folder is empty by the time it goes.
  private static Path untilExit(Path path) {
    path.toFile().deleteOnExit();
    return path;
  }

  private static Router router(Path root) throws IOException {
    return Router.builder()
        .get("/", _ -> Response.text("root"))
        .get("/a/{b}", request -> Response.text(request.pathParameter("b")))
        .get("/a/{b}/c", request -> Response.text(request.pathParameter("b")))
        .get("/a/b/**", request -> Response.text(String.join("/", request.remaining())))
        .any("/{x}/{y}/{z}", request -> Response.text(request.pathParameter("z")))
        .mount("/f", StaticFiles.of(root))
        .build();
  }

  /// Called by the fuzzer with what it made up.
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    String text = RequestFuzz.latin(input);
    int space = text.indexOf(' ');
    Request request;
    try {
      request = Request.of(text.substring(0, Math.max(space, 0)), text.substring(space + 1));
    } catch (IllegalArgumentException e) {
      return; // no peer gets it past the reader
    }
    Response response = ROUTER.handle(request);
    int status = response.status().code();
    check(status < 500 || status == 501, "a fault of ours");
    if (response instanceof Response.FileBody file) {
      check(file.file().endsWith("open"), "a file from outside");
    }
  }
}
