package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;

/// What can go wrong with a connection or a reply. Each is counted by itself, never within a rate.
public enum ErrorKind {
  /// Nobody listens there.
  REFUSED("connect refused"),
  /// The connection did not open within the timeout.
  CONNECT_TIMEOUT("connect timeout"),
  /// The connection could not be opened for another reason.
  CONNECT_FAILED("connect failed"),
  /// This machine had no port left to connect from.
  OUT_OF_PORTS("no local port left"),
  /// This process may have no more open files (`ulimit -n`).
  OUT_OF_DESCRIPTORS("no descriptor left (see ulimit -n)"),
  /// The server reset the connection.
  RESET("reset"),
  /// The server closed the connection between two replies, without having said so.
  CLOSED("closed by server"),
  /// A reply ended early: the connection was closed in its middle, or the rest never came.
  SHORT_REPLY("short reply"),
  /// A reply held other bytes than it should, or came unasked.
  WRONG_BYTES("wrong bytes"),
  /// A whole reply with another status than the expected one.
  WRONG_STATUS("wrong status"),
  /// A handshake answered with other fields than the protocol demands.
  WRONG_HANDSHAKE("wrong handshake"),
  /// The server closed a WebSocket with a code that says something was wrong.
  CLOSED_WITH_ERROR("closed with an error code"),
  /// A reply that breaks its protocol's grammar.
  MALFORMED("malformed reply"),
  /// No reply within the timeout.
  TIMEOUT("timeout");

  private final String label;

  ErrorKind(String label) {
    this.label = label;
  }

  /// The name for people, in lower case.
  public String label() {
    return label;
  }

  /// What a failure to open a connection was.
  static ErrorKind ofConnect(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure) {
      case BindException _, NoRouteToHostException _ -> OUT_OF_PORTS;
      case ConnectException _ when message.contains("refused") -> REFUSED;
      case ConnectException _ when message.contains("timed out") -> CONNECT_TIMEOUT;
      default -> message.contains("Too many open files") ? OUT_OF_DESCRIPTORS : CONNECT_FAILED;
    };
  }
}
