package dev.heddle.backend.selector;

import dev.heddle.Backend.Engine;
import dev.heddle.Backend.Listener;
import dev.heddle.Connection;
import dev.heddle.ConnectionScope;
import dev.heddle.LoopStatistics;
import dev.heddle.ServerOptions;
import dev.heddle.backend.Acceptor;
import dev.heddle.backend.JdkPoller;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// The running loops: connections are dealt out to them in turn.
final class SelectorEngine implements Engine {
  private final ServerOptions options;
  private final boolean carried;
  private final String description;
  private final List<Carried> loops;
  private final List<ConnectionScope> scopes = new CopyOnWriteArrayList<>();
  private final LoopWatchdog watchdog;
  private final AtomicInteger next = new AtomicInteger();

  /// A loop, and what makes the threads of its connections.
  private record Carried(EventLoop loop, ThreadFactory threads) {}

  SelectorEngine(ServerOptions options, boolean carried, SelectorProvider provider)
      throws IOException {
    this.options = options;
    this.carried = carried;
    JdkPoller.start();
    int count = options.loops() == 0 ? Runtime.getRuntime().availableProcessors() : options.loops();
    this.description =
        "carrier %s, %d %s"
            .formatted(carried ? "loop" : "scheduler", count, count == 1 ? "loop" : "loops");
    this.loops = new CopyOnWriteArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        EventLoop loop = new EventLoop("heddle-loop-" + i, provider.openSelector(), carried);
        loops.add(new Carried(loop, threads(loop)));
      }
    } catch (Throwable e) {
      for (Carried opened : loops) {
        opened.loop.selector().close();
      }
      throw e;
    }
    loops.forEach(each -> each.loop.start());
    this.watchdog = new LoopWatchdog(loops.stream().map(Carried::loop).toList(), options, scopes);
    watchdog.start();
  }

  private ThreadFactory threads(EventLoop loop) {
    return carried
        ? LoopScheduler.builder(new LoopCarrier(loop)).factory()
        : Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();
  }

  @Override
  public Listener listen(SocketAddress address, ConnectionScope scope) throws IOException {
    scopes.add(scope);
    return Acceptor.start(address, options, scope, channel -> serve(channel, scope));
  }

  @Override
  public Listener listen(ServerSocketChannel channel, ConnectionScope scope) throws IOException {
    scopes.add(scope);
    return Acceptor.start(channel, options, scope, accepted -> serve(accepted, scope));
  }

  private void serve(SocketChannel channel, ConnectionScope scope) throws IOException {
    Carried chosen = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    channel.configureBlocking(false);
    SelectorTransport transport = new SelectorTransport(chosen.loop, channel);
    Connection connection = scope.admit(transport);
    if (connection == null) {
      return;
    }
    chosen.loop.execute(
        () -> {
          try {
            Thread owner = chosen.threads.newThread(() -> scope.run(connection));
            transport.register(owner, carried);
          } catch (IOException | RuntimeException | OutOfMemoryError e) {
            scope.abandon(connection);
          }
        });
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<LoopStatistics> loops() {
    return loops.stream().map(each -> each.loop.statistics()).toList();
  }

  @Override
  public void close() {
    watchdog.close();
    loops.forEach(each -> each.loop.stop());
  }
}
