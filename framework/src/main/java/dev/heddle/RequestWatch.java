package dev.heddle;

/// Follows one request, of which [Observer#requestStarted] has told.
@FunctionalInterface
public interface RequestWatch {

  /// The request has been answered, or given up: called once for each request, on the thread that
  /// served it. Must neither block nor throw.
  void served(ServedRequest request);
}
