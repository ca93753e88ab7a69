package dev.heddle;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A handler of one connection that hands its result, or what it threw, to the test.
final class TestHandler<T> implements ConnectionHandler {
  private final Body<T> body;
  private final CompletableFuture<Connection> started = new CompletableFuture<>();
  private final CompletableFuture<T> result = new CompletableFuture<>();

  @FunctionalInterface
  interface Body<T> {
    T handle(Connection connection) throws Exception;
  }

  TestHandler(Body<T> body) {
    this.body = body;
  }

  @Override
  public void handle(Connection connection) throws IOException {
    started.complete(connection);
    try {
      result.complete(body.handle(connection));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  /// The connection, once the handler has it.
  Connection connection() throws Exception {
    return started.get(20, TimeUnit.SECONDS);
  }

  /// What the handler returned; throws an [java.util.concurrent.ExecutionException] around what it
  /// threw.
  T result() throws Exception {
    return result.get(20, TimeUnit.SECONDS);
  }
}
