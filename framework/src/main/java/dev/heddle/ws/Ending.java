package dev.heddle.ws;

import dev.heddle.Connection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How receiving ends: by the peer's Close frame, which is answered, or because something went
/// wrong, which the peer is told of if it can be (RFC 6455, section 7.1).
///
/// Threading: whoever reads ends it; any thread asks, and answers the peer's Close frame.
final class Ending {
  private final Connection connection;
  private final Outbox outbox;
  private final Duration closeTimeout;

  /// Whether nothing more will be received.
  private volatile boolean over;

  /// Why, if the peer did not close as it should. Written before [#over].
  private volatile @Nullable IOException failure;

  private volatile @Nullable CloseStatus status;
  private volatile boolean answerOwed;
  private volatile boolean dead;

  Ending(Connection connection, Outbox outbox, Duration closeTimeout) {
    this.connection = connection;
    this.outbox = outbox;
    this.closeTimeout = closeTimeout;
  }

  /// Whether nothing more will come, in good order. Answers the peer's Close frame, if that has not
  /// been done. For who has received all that came before.
  ///
  /// @throws IOException if it was not in good order
  boolean isReached() throws IOException {
    if (!over) {
      return false;
    }
    IOException why = failure;
    if (why != null) {
      throw why;
    }
    if (answerOwed) {
      answer();
    }
    return true;
  }

  /// Whether nothing more will come, whatever the reason.
  boolean isOver() {
    return over;
  }

  /// Whether this side has closed, and the peer has not yet.
  boolean isAwaited() {
    return outbox.isClosing() && status == null;
  }

  /// The peer's Close frame has come.
  ///
  /// @param answerNow false if messages that came before it are still to be received or being
  ///   handled, and may be answered before
  void closed(CloseStatus received, boolean answerNow) {
    status = received;
    answerOwed = !answerNow;
    over = true;
    if (answerNow) {
      answer();
    } else {
      connection.alarmAfter(closeTimeout);
    }
  }

  /// Answers the peer's Close frame, if there is one and that has not been done.
  void answer() {
    CloseStatus received = status;
    if (received != null && !received.code().equals(CloseCode.ABNORMAL)) {
      answerOwed = false;
      outbox.close(CloseFrame.payload(received.code(), ""));
    }
  }

  /// Whether the peer's Close frame waits to be answered until the messages before it have been
  /// received.
  boolean isAnswerOwed() {
    return answerOwed;
  }

  /// Something went wrong.
  ///
  /// @return what a receiver is to throw; null if this side has closed, and so does not mind
  @Nullable IOException failed(IOException cause) {
    if (over) {
      return failure;
    }
    if (outbox.isClosing()) {
      status = CloseStatus.ABNORMAL;
      over = true;
      return null;
    }
    IOException why = dead ? new IOException("the peer has answered no Ping", cause) : cause;
    failure = why;
    status = CloseStatus.ABNORMAL;
    over = true;
    switch (cause) {
      case WebSocketException e -> outbox.close(CloseFrame.payload(e.code(), e.what()));
      case SocketTimeoutException _ ->
          outbox.close(CloseFrame.payload(CloseCode.GOING_AWAY, "nothing came for too long"));
      default -> outbox.fail();
    }
    return why;
  }

  /// The peer is dead: ends the connection.
  void giveUp() {
    dead = true;
    connection.close();
  }

  /// How it ended; null as long as it has not.
  @Nullable CloseStatus status() {
    return status;
  }
}
