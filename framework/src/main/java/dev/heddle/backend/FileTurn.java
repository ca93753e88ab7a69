package dev.heddle.backend;

/// A file that goes out in pieces, so that others have a turn between them: a peer that takes all
/// there is at once would keep the carrier for as long as the file lasts.
public final class FileTurn {
  /// The most of a file that is sent in one turn, in bytes.
  public static final int BYTES = 256 * 1024;

  private FileTurn() {}
}
