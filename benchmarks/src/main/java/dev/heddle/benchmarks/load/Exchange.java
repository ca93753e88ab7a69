package dev.heddle.benchmarks.load;

/// A protocol, seen from the client: what it sends, and how it reads what comes back.
///
/// To add a protocol, write one of these and name it in [Target.Scheme]. An exchange belongs to one
/// loop and its thread.
interface Exchange {
  /// The messages to send, one after another.
  RequestStream requests();

  /// A reader for one connection's replies, from its first byte on.
  ///
  /// @param connection the connection's number, as in [RequestStream#start(int)]
  ReplyReader newReader(int connection);
}
