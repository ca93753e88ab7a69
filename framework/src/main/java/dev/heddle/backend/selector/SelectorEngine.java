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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// The running loops: connections are dealt out to them in turn.
final class SelectorEngine implements Engine {
  private final ServerOptions options;
  private final String description;
  private final List<EventLoop> loops = new ArrayList<>();
  private final List<ConnectionScope> scopes = new CopyOnWriteArrayList<>();
  private final LoopWatchdog watchdog;
  private final AtomicInteger next = new AtomicInteger();

  SelectorEngine(ServerOptions options, boolean carried, SelectorProvider provider)
      throws IOException {
    this.options = options;
    JdkPoller.start();
    int count = options.loops() == 0 ? Runtime.getRuntime().availableProcessors() : options.loops();
    this.description =
        "carrier %s, %d %s"
            .formatted(carried ? "loop" : "scheduler", count, count == 1 ? "loop" : "loops");
    try {
      for (int i = 0; i < count; i++) {
        loops.add(new EventLoop("heddle-loop-" + i, provider.openSelector(), carried));
      }
    } catch (Throwable e) {
      for (EventLoop opened : loops) {
        opened.selector().close();
      }
      throw e;
    }
    loops.forEach(EventLoop::start);
    this.watchdog = new LoopWatchdog(loops, options, scopes);
    watchdog.start();
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
    EventLoop chosen = loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    channel.configureBlocking(false);
    SelectorTransport transport = new SelectorTransport(chosen, channel);
    Connection connection = scope.admit(transport);
    if (connection == null) {
      return;
    }
    chosen.execute(
        () -> {
          try {
            transport.register(() -> scope.run(connection));
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
    return loops.stream().map(EventLoop::statistics).toList();
  }

  @Override
  public void close() {
    watchdog.close();
    loops.forEach(EventLoop::stop);
  }
}
