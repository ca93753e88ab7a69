package dev.heddle;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells each of several observers.
record Observers(List<Observer> all) implements Observer {
  @Override
  public void serverStarted(Server server) {
    all.forEach(each -> each.serverStarted(server));
  }

  @Override
  public void serverClosing(Server server) {
    all.forEach(each -> each.serverClosing(server));
  }

  @Override
  public void serverClosed(Server server) {
    all.forEach(each -> each.serverClosed(server));
  }

  @Override
  public void connectionOpened(Connection connection) {
    all.forEach(each -> each.connectionOpened(connection));
  }

  @Override
  public void connectionIntroduced(Connection connection) {
    all.forEach(each -> each.connectionIntroduced(connection));
  }

  @Override
  public void handshakeFailed(Connection connection, HandshakeFailure failure) {
    all.forEach(each -> each.handshakeFailed(connection, failure));
  }

  @Override
  public void connectionClosed(Connection connection) {
    all.forEach(each -> each.connectionClosed(connection));
  }

  @Override
  public void connectionRefused(Peer peer) {
    all.forEach(each -> each.connectionRefused(peer));
  }

  @Override
  public void handlerFailed(Connection connection, Throwable cause) {
    all.forEach(each -> each.handlerFailed(connection, cause));
  }

  @Override
  public @Nullable RequestWatch requestStarted(Connection connection) {
    RequestWatch watches = null;
    for (Observer observer : all) {
      RequestWatch watch = observer.requestStarted(connection);
      if (watch != null) {
        watches = watches == null ? watch : both(watches, watch);
      }
    }
    return watches;
  }

  private static RequestWatch both(RequestWatch first, RequestWatch second) {
    return request -> {
      first.served(request);
      second.served(request);
    };
  }

  @Override
  public void requestRefused(Connection connection, int status) {
    all.forEach(each -> each.requestRefused(connection, status));
  }

  @Override
  public void webSocketOpened(Connection connection) {
    all.forEach(each -> each.webSocketOpened(connection));
  }

  @Override
  public void messageReceived(Connection connection, MessageKind kind, long bytes) {
    all.forEach(each -> each.messageReceived(connection, kind, bytes));
  }

  @Override
  public void messageSent(Connection connection, MessageKind kind, long bytes) {
    all.forEach(each -> each.messageSent(connection, kind, bytes));
  }

  @Override
  public void webSocketClosed(Connection connection, int code) {
    all.forEach(each -> each.webSocketClosed(connection, code));
  }

  @Override
  public void acceptFailed(IOException cause) {
    all.forEach(each -> each.acceptFailed(cause));
  }

  @Override
  public void loopStalled(String loop, Duration since) {
    all.forEach(each -> each.loopStalled(loop, since));
  }
}
