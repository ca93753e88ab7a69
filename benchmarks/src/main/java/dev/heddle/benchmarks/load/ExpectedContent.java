package dev.heddle.benchmarks.load;

/// What the content of each HTTP reply has to be.
public sealed interface ExpectedContent {
  /// Anything.
  ExpectedContent ANY = new Any();

  /// Anything.
  record Any() implements ExpectedContent {}

  /// Any so many bytes.
  record OfLength(long bytes) implements ExpectedContent {
    /// Checks the number.
    ///
    /// @throws IllegalArgumentException when it is negative
    public OfLength {
      if (bytes < 0) {
        throw new IllegalArgumentException("expect-length must be at least 0");
      }
    }
  }

  /// The very bytes of the request's content.
  record Echo() implements ExpectedContent {}
}
