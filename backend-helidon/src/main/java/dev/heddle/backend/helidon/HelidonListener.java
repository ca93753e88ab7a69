package dev.heddle.backend.helidon;

import dev.heddle.Backend;
import dev.heddle.ConnectionScope;
import dev.heddle.Peer;
import dev.heddle.ServerOptions;
import dev.heddle.backend.AcceptFailures;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.locks.LockSupport;

/// A listener that outlives Helidon's. Helidon's ends for good when it once fails to accept; then
/// this one binds the same address again, as soon as there are descriptors for it. Connections that
/// are open are served on meanwhile; new ones are refused by the system until then.
final class HelidonListener implements Backend.Listener {
  private static final Logger LOG = System.getLogger("dev.heddle.accept");

  /// How long Helidon's listener may be gone before it is noticed.
  private static final long LOOK_NANOS = 50_000_000;

  private final ServerOptions options;
  private final ConnectionScope scope;
  private final AcceptFailures failures;
  private final Reception reception;
  private final SocketAddress localAddress;
  private final Thread watch;
  private HostedServer hosted;
  private volatile boolean closed;

  private HelidonListener(SocketAddress address, ServerOptions options, ConnectionScope scope)
      throws IOException {
    this.options = options;
    this.scope = scope;
    failures = new AcceptFailures(scope, address);
    reception = new Reception(scope, failures);
    hosted = HostedServer.start(address, options, scope, reception);
    localAddress = hosted.localAddress();
    failures.listener(localAddress);
    watch =
        Thread.ofPlatform()
            .daemon()
            .name("heddle-helidon-watch-" + Peer.format(localAddress))
            .unstarted(this::watch);
  }

  static HelidonListener start(SocketAddress address, ServerOptions options, ConnectionScope scope)
      throws IOException {
    HelidonListener listener = new HelidonListener(address, options, scope);
    listener.watch.start();
    return listener;
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  private void watch() {
    while (!closed) {
      LockSupport.parkNanos(LOOK_NANOS);
      try {
        listenAgainIfEnded();
      } catch (Throwable e) {
        failures.report(e); // Nothing but closing ends this thread, or the listener would be lost.
      }
    }
  }

  private synchronized void listenAgainIfEnded() throws IOException {
    if (closed || hosted.isListening()) {
      return;
    }
    hosted.close();
    Descriptors.checkTwoLeft(); // one to listen and one to accept, or it would end at once
    hosted = HostedServer.start(localAddress, options, scope, reception);
    LOG.log(
        Level.WARNING,
        "Helidon's listener had ended: listening on %s again".formatted(Peer.format(localAddress)));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watch);
    reception.close();
    synchronized (this) {
      hosted.close();
    }
  }
}
