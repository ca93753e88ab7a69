package dev.heddle.benchmarks.baselines;

/// TCP echo on [InlineServer]: a read and a write a message, and nothing else.
public final class InlineEcho {
  private InlineEcho() {}

  static BaselineCommand.Server server() {
    return InlineServer.serving(() -> received -> received);
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("inline-echo", args, server());
  }
}
