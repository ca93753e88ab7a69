package dev.heddle.benchmarks.baselines;

import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line that all baseline servers share: `--host`, `--port`, one line when listening.
@Command(mixinStandardHelpOptions = true)
final class BaselineCommand implements Callable<Integer> {
  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on.")
  private String host = "127.0.0.1";

  @Option(names = "--port", defaultValue = "9000", description = "Port; 0 takes a free one.")
  private int port = 9000;

  private final String name;
  private final Server server;

  /// A server that listens at `address`, tells `listening` where, and serves until the process
  /// ends.
  interface Server {
    void serve(InetSocketAddress address, Consumer<InetSocketAddress> listening) throws Exception;
  }

  private BaselineCommand(String name, Server server) {
    this.name = name;
    this.server = server;
  }

  static void run(String name, String[] args, Server server) {
    CommandLine line = new CommandLine(new BaselineCommand(name, server)).setCommandName(name);
    line.setExecutionExceptionHandler(
        (failure, _, _) -> {
          System.err.println(name + ": " + failure.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    server.serve(new InetSocketAddress(host, port), this::announce);
    return 0;
  }

  private void announce(InetSocketAddress address) {
    System.out.printf("%s listens on %s:%d%n", name, address.getHostString(), address.getPort());
    System.out.flush();
  }
}
