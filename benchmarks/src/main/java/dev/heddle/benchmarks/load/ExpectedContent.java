package dev.heddle.benchmarks.load;

/// What the content of each HTTP reply has to be.
public sealed interface ExpectedContent {
  /// Anything.
  ExpectedContent ANY = new Any();

  /// Anything.
  record Any() implements ExpectedContent {}

  /// Any so many bytes.
  record OfLength(long bytes) implements ExpectedContent {}

  /// The very bytes of the request's content.
  record Echo() implements ExpectedContent {}
}
