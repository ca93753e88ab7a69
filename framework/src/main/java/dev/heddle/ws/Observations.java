package dev.heddle.ws;

import dev.heddle.Connection;
import dev.heddle.MessageKind;

/// Tells whoever observes the server of a socket's messages. Nothing is noted or measured for it
/// that is not known anyway.
///
/// Any thread.
final class Observations {
  private Observations() {}

  static void received(Connection connection, Message message) {
    connection.observer().messageReceived(connection, kind(message), message.length());
  }

  /// A message that has been read as a stream to its end.
  static void received(Connection connection, StreamedMessage message) {
    connection
        .observer()
        .messageReceived(connection, kind(message.isText()), message.bytesReceived());
  }

  static void sent(Connection connection, Message message) {
    connection.observer().messageSent(connection, kind(message), message.length());
  }

  /// A message that has been sent in fragments.
  static void sent(Connection connection, MessageOutput message) {
    connection.observer().messageSent(connection, kind(message.isText()), message.bytesSent());
  }

  private static MessageKind kind(Message message) {
    return kind(message instanceof Message.Text);
  }

  private static MessageKind kind(boolean text) {
    return text ? MessageKind.TEXT : MessageKind.BINARY;
  }
}
