package dev.heddle;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// A running server: one engine, one or more listeners, each with its handler.
///
/// ```java
/// Server.listen(9000, c -> c.input().transferTo(c.output())).join();
/// ```
///
/// Threading: any thread may call any method.
public final class Server implements AutoCloseable {
  /// How long nothing comes on a connection until a closing server takes it that nothing will.
  private static final Duration SILENCE = Duration.ofMillis(20);

  private final ServerOptions options;
  private final Backend.Engine engine;
  private final Sweeper sweeper;
  private final Totals totals;
  private final Observer observer;
  private final List<ConnectionScope> scopes;
  private final List<Backend.Listener> listeners = new ArrayList<>();

  /// How many connections the grace has not been enough for. Written before [#closed] counts down.
  private int forced;

  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Server(Builder builder) throws IOException {
    options = builder.options;
    observer = builder.observer;
    totals = new Totals();
    ServerClock clock = new ServerClock(System::nanoTime);
    Permits permits =
        new Permits(
            options.maxConnections(),
            options.maxConnectionsPerAddress(),
            options.maxConnectionRatePerAddress());
    scopes =
        builder.listens.stream()
            .map(
                listen ->
                    new ConnectionScope(listen.handler, options, permits, clock, totals, observer))
            .toList();
    sweeper = new Sweeper(clock, scopes);
    engine = Backends.choose(options).start(options);
    try {
      for (int i = 0; i < scopes.size(); i++) {
        Binding binding = builder.listens.get(i).binding;
        listeners.add(binding.open(engine, options.backlog(), scopes.get(i)));
      }
    } catch (Throwable e) {
      listeners.forEach(Backend.Listener::close);
      engine.close();
      throw e;
    }
    sweeper.start();
  }

  /// Serves `handler` on all addresses of this machine, on virtual threads, with the default
  /// options.
  ///
  /// @param port from 1 to 65535, or 0 for one that is free: see [#localAddress()]
  /// @throws IOException if the port is taken or may not be had
  public static Server listen(int port, ConnectionHandler handler) throws IOException {
    return builder().listen(port, handler).start();
  }

  /// The names of the backends that are there, sorted.
  public static List<String> backends() {
    return Backends.names();
  }

  /// A builder with the default options and no listener.
  public static Builder builder() {
    return new Builder();
  }

  /// The address of the first listener, with the port that was chosen if zero was asked for.
  ///
  /// @throws IllegalStateException if it has no port, as a Unix domain socket
  public InetSocketAddress localAddress() {
    if (localAddresses().getFirst() instanceof InetSocketAddress inet) {
      return inet;
    }
    throw new IllegalStateException("the first listener has no IP address: see localAddresses()");
  }

  /// The addresses of all listeners, in the order in which they were asked for.
  public List<SocketAddress> localAddresses() {
    return listeners.stream().map(Backend.Listener::localAddress).toList();
  }

  /// The options it was started with.
  public ServerOptions options() {
    return options;
  }

  /// What runs, for a line at start: `selector (carrier loop, 2 loops)`.
  public String description() {
    String details = engine.description();
    return details.isEmpty() ? options.backend() : options.backend() + " (" + details + ")";
  }

  /// What it has done so far. Looks at all open connections; those that end meanwhile wait for it,
  /// and it waits for none that goes on.
  public ServerStatistics statistics() {
    return totals.with(this::connections);
  }

  /// Where its open connections stand. Looks at all of them; does not block.
  public ConnectionPhases connectionPhases() {
    return ConnectionPhases.of(connections().toList());
  }

  /// What its event loops have done so far; empty if its engine has none.
  public List<LoopStatistics> loops() {
    return engine.loops();
  }

  /// Whether it has been told to close. It may still accept, and then drain.
  public boolean isClosing() {
    return closing.get();
  }

  /// Waits until the server has been closed.
  ///
  /// @throws InterruptedException if the thread is interrupted meanwhile; the server goes on
  public void join() throws InterruptedException {
    closed.await();
  }

  /// Closes in good order: goes on for [ServerOptions#drainDelay()], stops accepting, ends the
  /// input of connections that await their peer, lets those working finish within
  /// [ServerOptions#grace()], closes what is left, stops all threads. Blocks until done; an
  /// interrupt ends delay and grace. A second call waits for the first.
  @Override
  public void close() {
    close(options.grace());
  }

  /// As [#close()], with another grace.
  ///
  /// @param grace zero: none
  /// @return how many connections were still served when the grace was over, and so were cut off
  public int close(Duration grace) {
    if (!closing.compareAndSet(false, true)) {
      awaitQuietly();
      return forced;
    }
    observer.serverClosing(this);
    letOthersLearn();
    listeners.forEach(Backend.Listener::close);
    scopes.forEach(ConnectionScope::drain);
    awaitEmpty(grace.compareTo(SILENCE) < 0 ? grace : SILENCE);
    scopes.forEach(ConnectionScope::endInput);
    awaitEmpty(grace.minus(SILENCE));
    forced = (int) connections().filter(each -> !each.isFinishing()).count();
    scopes.forEach(ConnectionScope::closeAll);
    awaitEmpty(Duration.ofSeconds(1));
    engine.close();
    sweeper.close();
    observer.serverClosed(this);
    closed.countDown();
    return forced;
  }

  /// Whoever sends us connections needs a while to see that we would rather have none.
  private void letOthersLearn() {
    try {
      Thread.sleep(options.drainDelay());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Stream<Connection> connections() {
    return scopes.stream().flatMap(scope -> scope.connections().stream());
  }

  private void awaitEmpty(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (connections().findAny().isPresent() && end - System.nanoTime() > 0) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitQuietly() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Listen(Binding binding, ConnectionHandler handler) {}

  /// Collects what a server needs. Not for several threads at once.
  public static final class Builder {
    private final List<Listen> listens = new ArrayList<>();
    private ServerOptions options = ServerOptions.DEFAULT;
    private Observer observer = Observer.NONE;

    private Builder() {}

    /// All options at once.
    public Builder options(ServerOptions value) {
      options = value;
      return this;
    }

    /// Who is told what happens.
    public Builder observer(Observer value) {
      observer = value;
      return this;
    }

    /// Adds a listener on all addresses of this machine.
    ///
    /// @param port from 1 to 65535, or 0 for one that is free
    public Builder listen(int port, ConnectionHandler handler) {
      return listen(new InetSocketAddress(port), handler);
    }

    /// Adds a listener.
    ///
    /// The file of a Unix domain socket is removed when the server closes, and one that a server
    /// which is gone has left there is removed before; a file of any other kind is not, nor one
    /// that somebody serves.
    public Builder listen(SocketAddress address, ConnectionHandler handler) {
      return listen(Binding.to(address), handler);
    }

    /// Adds a listener on a Unix domain socket that only some may connect to.
    ///
    /// @param permissions of its file; who may write to it may connect
    public Builder listen(
        UnixDomainSocketAddress address,
        Set<PosixFilePermission> permissions,
        ConnectionHandler handler) {
      return listen(new Binding.UnixSocket(address, Set.copyOf(permissions)), handler);
    }

    /// Adds a listener on a socket that is bound already, such as one that
    /// [System#inheritedChannel()] returns. The server owns it from its start on, and leaves its
    /// options, and its file if it has one, as they are.
    ///
    /// @param channel in blocking mode
    public Builder listen(ServerSocketChannel channel, ConnectionHandler handler) {
      return listen(new Binding.Channel(channel), handler);
    }

    private Builder listen(Binding binding, ConnectionHandler handler) {
      listens.add(new Listen(binding, handler));
      return this;
    }

    /// Binds all listeners and starts to accept.
    ///
    /// @throws IOException if an address can't be bound, or the engine lacks something here; a
    ///   [java.net.BindException] names the address
    /// @throws IllegalArgumentException if the backend is unknown or an option means nothing to it
    /// @throws IllegalStateException if there is no listener
    /// @throws UnsupportedOperationException if a listener is given as a channel, or with
    ///   permissions, and the engine can only bind sockets itself
    public Server start() throws IOException {
      if (listens.isEmpty()) {
        throw new IllegalStateException("no listener: call listen(...) before start()");
      }
      Server server = new Server(this);
      observer.serverStarted(server);
      return server;
    }
  }
}
