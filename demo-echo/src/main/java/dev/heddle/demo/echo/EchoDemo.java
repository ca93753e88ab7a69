package dev.heddle.demo.echo;

import dev.heddle.launcher.Launcher;

/// A TCP echo server on any backend.
public final class EchoDemo {
  private EchoDemo() {}

  /// Serves until told to end: see `--help`.
  public static void main(String[] args) {
    Launcher.named("echo")
        .describedAs("Sends back every byte it gets, on any backend.")
        .defaultPort(9000)
        .serve(c -> c.input().transferTo(c.output()))
        .run(args);
  }
}
