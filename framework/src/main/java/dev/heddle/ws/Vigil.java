package dev.heddle.ws;

import dev.heddle.Connection;
import dev.heddle.ConnectionAttendant;
import java.io.IOException;

/// Looks after a WebSocket from outside: finds peers that are dead, tells peers that the server
/// closes, and cuts a connection whose peer does not answer a Close frame.
///
/// Threading: the server's threads, which must not be held: what may block is done by a virtual
/// thread.
final class Vigil implements ConnectionAttendant {
  private static final byte[] NO_DATA = {};

  private final Connection connection;
  private final Inbox inbox;
  private final Outbox outbox;
  private final WebSocketOptions options;

  /// Whether it has been left by the protocol. Any thread.
  private volatile boolean ended;

  // The sweeper's.
  private long bytesSeen = -1;
  private boolean pinged;

  Vigil(Connection connection, Inbox inbox, Outbox outbox, WebSocketOptions options) {
    this.connection = connection;
    this.inbox = inbox;
    this.outbox = outbox;
    this.options = options;
  }

  void begin() {
    connection.attend(this);
    watchPeer();
  }

  void end() {
    ended = true;
  }

  /// A handler that is waiting for a message waits no more. One that is at work comes to wait, or
  /// gets no more time than a peer does.
  @Override
  public void draining() {
    if (inbox.drain()) {
      start(this::goAway);
    } else if (!outbox.isClosing()) {
      connection.alarmAfter(options.closeTimeout());
    }
  }

  @Override
  public void alarm() {
    if (ended) {
      return;
    }
    if (outbox.isClosing()) {
      cutOverdue();
    } else if (inbox.ending().isAnswerOwed()) {
      start(inbox.ending()::answer);
    } else if (inbox.isDraining()) {
      start(this::goAway);
    } else {
      judgePeer();
    }
  }

  /// The alarm may be one from before the closing began.
  private void cutOverdue() {
    if (outbox.isCloseOverdue()) {
      connection.close();
    } else {
      connection.alarmAfter(options.closeTimeout());
    }
  }

  private void judgePeer() {
    long bytes = connection.bytesRead();
    if (bytes != bytesSeen) {
      bytesSeen = bytes;
      pinged = false;
    } else if (!pinged) {
      pinged = true;
      start(this::ping);
    } else if (inbox.isAttended()) {
      inbox.ending().giveUp();
      return;
    }
    inbox.attend();
    watchPeer();
  }

  private void watchPeer() {
    connection.alarmAfter(options.pingInterval());
    if (outbox.isClosing() || inbox.isDraining()) {
      connection.alarmAfter(options.closeTimeout()); // that has begun meanwhile
    }
  }

  private void goAway() {
    if (outbox.goAway()) {
      inbox.wake();
    }
  }

  private void ping() {
    try {
      outbox.ping(NO_DATA);
    } catch (IOException e) {
      // whoever receives finds out why
    }
  }

  private static void start(Runnable task) {
    Thread.ofVirtual().name("websocket-vigil").start(task);
  }
}
