package dev.heddle.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.Connection;
import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import dev.heddle.Observer;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.RequestWatch;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/// Writes what happens into the JDK's flight recorder, as events of the category Heddle. Costs next
/// to nothing while no recording asks for them, so it may always be there.
///
/// Threading: any thread.
public final class JfrEvents implements Observer {
  static final List<Class<? extends Event>> EVENTS =
      List.of(
          ConnectionEvent.class,
          RequestEvent.class,
          WebSocketMessageEvent.class,
          LoopStallEvent.class,
          HandshakeFailureEvent.class,
          AcceptFailureEvent.class);

  private static final String SETTINGS = "/heddle.jfc";

  /// Of those connections that were opened while a recording asked for them.
  private final Map<Connection, ConnectionEvent> open = new ConcurrentHashMap<>();

  /// Events of any number of servers. Makes them known to the flight recorder, which takes it a
  /// while when it is first called: or the first connection would wait for that, and with it the
  /// others of its event loop.
  public JfrEvents() {
    EVENTS.forEach(FlightRecorder::register);
  }

  /// What to record of a server: all of these events, and those of the JDK that explain them. The
  /// same is the file `heddle.jfc` at the root of this library's jar, for
  /// `-XX:StartFlightRecording:settings=`.
  public static Configuration settings() {
    try (Reader settings =
        new InputStreamReader(
            Objects.requireNonNull(JfrEvents.class.getResourceAsStream(SETTINGS)), UTF_8)) {
      return Configuration.create(settings);
    } catch (IOException | ParseException e) {
      throw new IllegalStateException(SETTINGS, e); // it is ours
    }
  }

  @Override
  public void connectionOpened(Connection connection) {
    ConnectionEvent event = new ConnectionEvent();
    if (event.isEnabled()) {
      event.begin();
      open.put(connection, event);
    }
  }

  @Override
  public void connectionClosed(Connection connection) {
    if (open.isEmpty()) {
      return;
    }
    ConnectionEvent event = open.remove(connection);
    if (event != null && event.shouldCommit()) {
      event.remote = connection.peer().toString();
      event.proxy = proxyOf(connection.peer());
      event.messages = connection.messages();
      event.bytesRead = connection.bytesRead();
      event.bytesWritten = connection.bytesWritten();
      event.commit();
    }
  }

  private static @Nullable String proxyOf(Peer peer) {
    ProxyHeader header = peer.proxy();
    return header == null ? null : header.sender().toString();
  }

  @Override
  public void handshakeFailed(Connection connection, HandshakeFailure failure) {
    HandshakeFailureEvent event = new HandshakeFailureEvent();
    if (event.shouldCommit()) {
      event.remote = connection.peer().toString();
      event.reason = failure.name().toLowerCase(Locale.ROOT);
      event.commit();
    }
  }

  @Override
  public @Nullable RequestWatch requestStarted(Connection connection) {
    RequestEvent event = new RequestEvent();
    return event.isEnabled() ? watch(event, connection) : null;
  }

  private static RequestWatch watch(RequestEvent event, Connection connection) {
    event.begin();
    return request -> {
      event.end();
      if (event.shouldCommit()) {
        event.remote = connection.peer().toString();
        event.protocol = request.protocol();
        event.method = request.method();
        event.route = request.route();
        event.status = request.status();
        event.bytesRead = request.bytesRead();
        event.bytesWritten = request.bytesWritten();
        event.complete = request.complete();
        event.commit();
      }
    };
  }

  @Override
  public void messageReceived(Connection connection, MessageKind kind, long bytes) {
    commit(connection, "received", kind, bytes);
  }

  @Override
  public void messageSent(Connection connection, MessageKind kind, long bytes) {
    commit(connection, "sent", kind, bytes);
  }

  private static void commit(
      Connection connection, String direction, MessageKind kind, long bytes) {
    WebSocketMessageEvent event = new WebSocketMessageEvent();
    if (event.shouldCommit()) {
      event.remote = connection.peer().toString();
      event.direction = direction;
      event.kind = kind.name().toLowerCase(Locale.ROOT);
      event.bytes = bytes;
      event.commit();
    }
  }

  @Override
  public void loopStalled(String loop, Duration since) {
    LoopStallEvent event = new LoopStallEvent();
    if (event.shouldCommit()) {
      event.loop = loop;
      event.held = since.toNanos();
      event.commit();
    }
  }

  @Override
  public void acceptFailed(IOException cause) {
    AcceptFailureEvent event = new AcceptFailureEvent();
    if (event.shouldCommit()) {
      event.message = String.valueOf(cause.getMessage());
      event.commit();
    }
  }
}
