package dev.heddle.demo.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What there is to download where nobody has said what.
final class SampleFiles {
  private static final int MEGABYTE = 1 << 20;

  private SampleFiles() {}

  /// Makes a folder of files, for as long as the program runs: the system sends files, not what is
  /// in a jar.
  static Path unpack() throws IOException {
    Path folder = Files.createTempDirectory("heddle-http-");
    folder.toFile().deleteOnExit();
    add(folder, "index.html", Page.read("samples.html"));
    add(folder, "icon.svg", Page.read("icon.svg"));
    add(folder, "hello.txt", Page.read("hello.txt"));
    add(folder, "megabyte.bin", new byte[MEGABYTE]);
    return folder;
  }

  private static void add(Path folder, String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    file.toFile().deleteOnExit();
  }
}
