package dev.heddle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// An engine with something that may carry its threads: the suites run over all there are.
///
/// The suites run again where another module brings an engine; the property `heddle.test.backends`
/// then names those that they are to run over, separated by commas.
public record TestBackends(String name, String backend, Carrier carrier) {
  static final TestBackends SELECTOR_LOOP =
      new TestBackends("SELECTOR_LOOP", "selector", Carrier.LOOP);
  static final TestBackends SELECTOR_SCHEDULER =
      new TestBackends("SELECTOR_SCHEDULER", "selector", Carrier.SCHEDULER);

  static final TestBackends VIRTUAL_POLLER =
      new TestBackends("VIRTUAL_POLLER", "virtual", Carrier.POLLER);
  static final TestBackends VIRTUAL_SCHEDULER =
      new TestBackends("VIRTUAL_SCHEDULER", "virtual", Carrier.SCHEDULER);

  private static final String PROPERTY = "heddle.test.backends";

  /// Whether the suites are to run over some engines only.
  static boolean areNamed() {
    return System.getProperty(PROPERTY) != null;
  }

  /// The names of the engines that the suites are to run over.
  public static List<String> names() {
    return areNamed()
        ? Arrays.asList(System.getProperty(PROPERTY).split(",", -1))
        : Server.backends();
  }

  /// All that the suites are to run over.
  public static TestBackends[] values() {
    return all(names());
  }

  /// The one of a name.
  public static TestBackends valueOf(String name) {
    return Stream.of(all(Server.backends()))
        .filter(backend -> backend.name.equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static TestBackends[] all(List<String> names) {
    return names.stream().flatMap(TestBackends::of).toArray(TestBackends[]::new);
  }

  private static Stream<TestBackends> of(String backend) {
    return switch (backend) {
      case "selector" -> Stream.of(SELECTOR_LOOP, SELECTOR_SCHEDULER);
      case "virtual" -> Stream.of(VIRTUAL_POLLER, VIRTUAL_SCHEDULER);
      default ->
          Stream.of(new TestBackends(backend.toUpperCase(Locale.ROOT), backend, Carrier.AUTO));
    };
  }

  /// Whether each connection holds one of a fixed number of threads.
  boolean isPool() {
    return backend.equals("pool");
  }

  /// Whether it can only listen on sockets that it has bound itself, and refuses others.
  boolean bindsItself() {
    return backend.equals("helidon");
  }

  /// Options that choose it, and a grace that keeps failing tests short.
  public ServerOptions.Builder options() {
    return ServerOptions.builder()
        .backend(backend)
        .carrier(carrier)
        .grace(Duration.ofMillis(500))
        .threads(isPool() ? 64 : 0);
  }

  /// As [#options()], with a thread for each of so many connections.
  public ServerOptions.Builder optionsFor(int connections) {
    return isPool() ? options().threads(connections) : options();
  }

  /// As [#options()], with the fewest threads that move bytes, where the engine lets us choose.
  ServerOptions.Builder optionsWithOneLoop() {
    return backend.equals("selector") ? options().loops(1) : options();
  }

  /// Serves a handler on a free port of the loopback interface.
  Server serve(ConnectionHandler handler) throws IOException {
    return serve(options().build(), handler);
  }

  static Server serve(ServerOptions options, ConnectionHandler handler) throws IOException {
    return Server.builder().options(options).listen(anyPort(), handler).start();
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public String toString() {
    return name;
  }
}
