package dev.heddle.metrics;

import static dev.heddle.metrics.ObservedServer.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import dev.heddle.Peer;
import dev.heddle.ProxyHeader;
import dev.heddle.RequestWatch;
import dev.heddle.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the flight recorder has is read back from its file.
class JfrEventsTest {
  @TempDir Path folder;

  private final JfrEvents events = new JfrEvents();

  private List<RecordedEvent> stop(Recording recording) throws IOException {
    recording.stop();
    Path file = folder.resolve("a.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file);
  }

  private static Recording record(String... names) {
    Recording recording = new Recording();
    for (String name : names) {
      recording.enable(name).withoutThreshold();
    }
    recording.start();
    return recording;
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource("dev.heddle.TestBackends#names")
  void connectionsAndRequestsAreRecorded(String backend) throws Exception {
    try (ObservedServer server = new ObservedServer(backend, events)) {
      server.exchange(request("GET /users/before"));
      try (Recording recording = record("heddle.Connection", "heddle.Request")) {
        server.exchange(
            request("GET /users/1")
                + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd"
                + request("HEAD /nowhere"));
        server.exchange(request("GET /cut"));
        List<RecordedEvent> recorded = stop(recording);
        assertThat(of("heddle.Request", recorded))
            .extracting(
                event ->
                    "%s %s %d in=%d out=%d %b"
                        .formatted(
                            event.getString("method"),
                            event.getString("route"),
                            event.getInt("status"),
                            event.getLong("bytesRead"),
                            event.getLong("bytesWritten"),
                            event.getBoolean("complete")))
            .containsExactlyInAnyOrder(
                "GET /users/{id} 200 in=0 out=5 true",
                "POST /echo 200 in=4 out=4 true",
                "HEAD  404 in=0 out=0 true",
                "GET /cut 200 in=0 out=100 false");
        assertThat(of("heddle.Connection", recorded))
            .hasSize(2)
            .allSatisfy(
                event -> {
                  assertThat(event.getString("remote")).startsWith("127.0.0.1:");
                  assertThat(event.getLong("bytesRead")).isPositive();
                  assertThat(event.getDuration()).isPositive();
                })
            .extracting(event -> event.getLong("messages"))
            .containsExactlyInAnyOrder(3L, 1L);
      }
    }
  }

  @Test
  void aConnectionThatBeganBeforeARecordingIsNotInIt() throws Exception {
    try (ObservedServer server = new ObservedServer("virtual", events);
        Socket socket = server.connect()) {
      socket.getOutputStream().write(request("GET /users/1").getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(20)).hasSize(20);
      try (Recording recording = record("heddle.Connection")) {
        socket.shutdownOutput();
        server.awaitEnd();
        assertThat(stop(recording)).isEmpty();
      }
    }
  }

  @Test
  void messagesStallsAndFailuresAreRecorded() throws Exception {
    try (ObservedServer server =
            new ObservedServer(
                "virtual",
                _ ->
                    Response.upgrade(
                        "x",
                        connection -> {
                          events.messageReceived(connection, MessageKind.TEXT, 12);
                          events.messageSent(connection, MessageKind.BINARY, 34);
                          events.handshakeFailed(connection, HandshakeFailure.TIMEOUT);
                        }));
        Recording recording =
            record(
                "heddle.WebSocketMessage",
                "heddle.LoopStall",
                "heddle.AcceptFailure",
                "heddle.HandshakeFailure")) {
      server.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
      events.loopStalled("heddle-loop-0", Duration.ofMillis(600));
      events.acceptFailed(new IOException("Too many open files"));
      List<RecordedEvent> recorded = stop(recording);
      assertThat(of("heddle.WebSocketMessage", recorded))
          .extracting(
              event ->
                  event.getString("direction")
                      + " "
                      + event.getString("kind")
                      + " "
                      + event.getLong("bytes"))
          .containsExactly("received text 12", "sent binary 34");
      assertThat(of("heddle.HandshakeFailure", recorded))
          .singleElement()
          .satisfies(event -> assertThat(event.getString("reason")).isEqualTo("timeout"))
          .satisfies(event -> assertThat(event.getString("remote")).startsWith("127.0.0.1:"));
      RecordedEvent stall = of("heddle.LoopStall", recorded).getFirst();
      assertThat(stall.getString("loop")).isEqualTo("heddle-loop-0");
      assertThat(stall.getDuration("held")).isEqualTo(Duration.ofMillis(600));
      assertThat(of("heddle.AcceptFailure", recorded))
          .singleElement()
          .satisfies(
              event -> assertThat(event.getString("message")).isEqualTo("Too many open files"));
    }
  }

  @Test
  void aConnectionIsItsClientsAndNamesTheProxy() throws Exception {
    InetSocketAddress client = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 7);
    try (ObservedServer server =
            new ObservedServer(
                "virtual",
                _ ->
                    Response.upgrade(
                        "x",
                        connection -> {
                          Peer proxy = connection.peer();
                          ProxyHeader header = new ProxyHeader(proxy, Map.of(), null);
                          connection.introduce(new Peer(client, proxy.local(), header));
                        }),
                events);
        Recording recording = record("heddle.Connection")) {
      server.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
      RecordedEvent event = of("heddle.Connection", stop(recording)).getFirst();
      assertThat(event.getString("remote")).isEqualTo("192.0.2.1:7");
      assertThat(event.getString("proxy")).startsWith("127.0.0.1:");
    }
  }

  private static List<RecordedEvent> of(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test
  void aRequestIsNotEvenTimedWhileNobodyRecords() {
    RequestWatch watch = events.requestStarted(null);
    assertThat(watch).isNull();
  }

  @Test
  void theSettingsThatAreShippedNameEveryEvent() throws Exception {
    Set<String> ours =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .filter(type -> type.getCategoryNames().contains("Heddle"))
            .map(EventType::getName)
            .collect(Collectors.toSet());
    assertThat(ours).hasSameSizeAs(JfrEvents.EVENTS);
    Set<String> set = JfrEvents.settings().getSettings().keySet();
    assertThat(ours).allMatch(name -> set.contains(name + "#enabled"));
    assertThat(set.stream().filter(name -> name.startsWith("heddle.")))
        .allMatch(name -> ours.contains(name.replaceFirst("#.*", "")));
  }

  @Test
  void aRecordingWithTheSettingsThatAreShippedHoldsOurEvents() throws Exception {
    try (ObservedServer server = new ObservedServer("virtual", events);
        Recording recording = new Recording(JfrEvents.settings())) {
      recording.start();
      server.exchange(request("GET /users/1"));
      events.loopStalled("heddle-loop-0", Duration.ofMillis(600));
      events.acceptFailed(new IOException("Too many open files"));
      assertThat(stop(recording))
          .extracting(event -> event.getEventType().getName())
          .contains(
              "heddle.Request", "heddle.Connection", "heddle.LoopStall", "heddle.AcceptFailure");
    }
  }
}
