package dev.heddle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Notes what becomes of the one connection of a test.
final class LifeObserver implements Observer {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CompletableFuture<List<String>> closed = new CompletableFuture<>();

  /// Notes something else that has happened to it.
  void note(String what) {
    told.add(what);
  }

  /// All that was noted, once it is closed.
  List<String> life() throws Exception {
    return closed.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void connectionOpened(Connection connection) {
    note("opened");
  }

  @Override
  public void handlerFailed(Connection connection, Throwable cause) {
    note("failed: " + cause.getMessage());
  }

  @Override
  public void connectionClosed(Connection connection) {
    note("closed");
    closed.complete(List.copyOf(told));
  }
}
