package dev.heddle.launcher;

import dev.heddle.ConnectionHandler;
import dev.heddle.Observer;
import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.SocketOptions;
import dev.heddle.launcher.console.LogLevel;
import dev.heddle.metrics.Health;
import dev.heddle.metrics.MetricSource;
import dev.heddle.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The flags that every server has, to be mixed into a picocli command:
///
/// ```java
/// @Command(name = "chat", description = "Passes on what anyone says.")
/// final class Chat implements Callable<Integer> {
///   @Mixin ServerFlags flags = ServerFlags.withPort(7000);
///
///   @Option(names = "--greeting") String greeting = "hello";
///
///   @Override
///   public Integer call() throws Exception {
///     return flags.serve(c -> c.output().write(greeting.getBytes(UTF_8)));
///   }
///
///   static void main(String[] args) {
///     System.exit(Launcher.execute(new Chat(), args));
///   }
/// }
/// ```
///
/// Threading: for one thread.
public final class ServerFlags {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private final EngineFlags engine = new EngineFlags();

  @Mixin private final ListenerFlags listener;

  @Mixin private final ProxyFlags proxies = new ProxyFlags();

  @Mixin private final LimitFlags limits = new LimitFlags();

  @Mixin private final TimeFlags times = new TimeFlags();

  @Mixin private final SocketFlags sockets = new SocketFlags();

  @Mixin private final TlsFlags tls = new TlsFlags();

  @Mixin private final AdminFlags admin = new AdminFlags();

  @Mixin private final OutputFlags output = new OutputFlags();

  @Mixin final CommonFlags common = new CommonFlags();

  private ServerFlags(int port) {
    listener = new ListenerFlags(port);
  }

  /// The flags of a server that listens on this port unless `--port` says otherwise.
  ///
  /// @param port from 1 to 65535, or 0 for any that is free
  public static ServerFlags withPort(int port) {
    return new ServerFlags(port);
  }

  /// Says which protocols the handler speaks, for clients that negotiate one within TLS (ALPN),
  /// such as `http/1.1`.
  public ServerFlags speaking(String... applicationProtocols) {
    tls.speak(applicationProtocols);
    return this;
  }

  /// The options that the flags ask for. The flags `--poller-mode` and `--parallelism` are not
  /// among them, as they concern the JDK: only [#serve] heeds those.
  public ServerOptions options() {
    SocketOptions.Builder socketOptions = SocketOptions.builder();
    sockets.apply(socketOptions);
    ServerOptions.Builder options = ServerOptions.builder();
    engine.apply(options);
    listener.apply(options);
    proxies.apply(options);
    limits.apply(options);
    times.apply(options);
    try {
      return options.sockets(socketOptions.build()).build();
    } catch (IllegalArgumentException e) {
      throw FlagNames.in(e, command);
    }
  }

  /// The address that `--host` and `--port` ask for.
  public InetSocketAddress address() {
    return listener.address();
  }

  /// The server's health, for checks of the program's own. Served if `--admin-port` is given; a
  /// program may serve it elsewhere, too.
  public Health health() {
    return admin.health;
  }

  /// Tells more on the `/metrics` of `--admin-port`. To be called before [#serve].
  public void expose(MetricSource source) {
    admin.add(source);
  }

  /// Serves until the process is told to end (SIGTERM or Ctrl-C), then drains. Prints a line when
  /// it listens, and statistics if they were asked for. Call it from a platform thread, before the
  /// program has used virtual threads.
  ///
  /// @return the exit status
  public int serve(ConnectionHandler handler) throws InterruptedException {
    return serve(handler, Observer.NONE);
  }

  /// As [#serve(ConnectionHandler)], with an observer of the program's own.
  public int serve(ConnectionHandler handler, Observer observer) throws InterruptedException {
    LogLevel.current().set(output.logLevel);
    engine.quieten(LogLevel.current());
    ServerOptions options = options();
    Server.Builder builder = Server.builder().options(options);
    listener.check(command.commandLine().getParseResult());
    engine.setUpJdk();
    try (Tls secured = tls.open();
        AdminServer _ = admin.start()) {
      listener.addTo(builder, proxies.before(secured == null ? handler : secured.secure(handler)));
      try (Server server = start(builder.observer(admin.observer(observer)))) {
        new ServerRun(command.name(), server, secured != null, output.stats).untilToldToEnd();
      }
    }
    return Launcher.OK;
  }

  private Server start(Server.Builder builder) {
    try {
      return builder.start();
    } catch (IllegalArgumentException e) {
      throw FlagNames.in(e, command);
    } catch (UnsupportedOperationException e) {
      throw LaunchException.usage(
          "--listen asks for what backend '%s' can't do: %s; choose another backend"
              .formatted(engine.backend, e.getMessage()));
    } catch (IOException e) {
      throw ListenFailure.explain(e);
    }
  }
}
