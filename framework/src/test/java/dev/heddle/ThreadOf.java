package dev.heddle;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A handler that shows which thread it runs on.
final class ThreadOf implements ConnectionHandler {
  private final ConnectionHandler handler;
  private final CompletableFuture<Thread> thread = new CompletableFuture<>();

  ThreadOf(ConnectionHandler handler) {
    this.handler = handler;
  }

  @Override
  public void handle(Connection connection) throws IOException {
    thread.complete(Thread.currentThread());
    handler.handle(connection);
  }

  Thread get() throws Exception {
    return thread.get(20, TimeUnit.SECONDS);
  }
}
