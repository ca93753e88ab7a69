package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.MessageKind;
import dev.heddle.Observer;
import dev.heddle.OverBackends;
import dev.heddle.Server;
import dev.heddle.TestBackends;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.metrics.JfrEvents;
import dev.heddle.metrics.MicrometerMetrics;
import dev.heddle.metrics.PrometheusHandler;
import dev.heddle.metrics.ServerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;

/// What observers are told of WebSockets, and so what Prometheus, Micrometer and the flight
/// recorder show of them.
class ObservedSocketsTest {
  @TempDir Path folder;

  /// Writes down what it is told.
  private static final class Diary implements Observer {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void webSocketOpened(Connection connection) {
      told.add("opened");
    }

    @Override
    public void messageReceived(Connection connection, MessageKind kind, long bytes) {
      told.add("received " + kind + " " + bytes);
    }

    @Override
    public void messageSent(Connection connection, MessageKind kind, long bytes) {
      told.add("sent " + kind + " " + bytes);
    }

    @Override
    public void webSocketClosed(Connection connection, int code) {
      told.add("closed " + code);
    }

    @Override
    public void connectionClosed(Connection connection) {
      told.add("end");
    }

    /// All of the next connection to end.
    List<String> page() throws InterruptedException {
      List<String> page = new ArrayList<>();
      for (String next = next(); !next.equals("end"); next = next()) {
        page.add(next);
      }
      return page;
    }

    private String next() throws InterruptedException {
      String next = told.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing more is told");
      }
      return next;
    }
  }

  private final Diary diary = new Diary();

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }

  private static Server serve(TestBackends backend, WebSocketHandler handler, Observer... observers)
      throws IOException {
    return WebSocketOverBackendsTest.serve(
        backend, handler, WebSocketOptions.DEFAULT, Observer.all(observers));
  }

  @OverBackends
  void eachMessageIsToldOnceWhenItIsWhole(TestBackends backend) throws Exception {
    WebSocketHandler handler =
        socket -> {
          socket.send(socket.receive());
          try (MessageInput in = socket.receiveStream();
              OutputStream out = socket.sendBinary()) {
            in.transferTo(out);
          }
          socket.receiveStream().read(); // and leaves the rest of it
          socket.receive();
          socket.sendAll(List.of(PreparedMessage.of("four"), PreparedMessage.of("seven..")));
        };
    try (Server server = serve(backend, handler, diary);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("hello"), Frame.ping("is no message"));
      client.send(new Frame(Frame.BINARY, new byte[40_000]));
      client.send(new Frame(Frame.FIN | Frame.CONTINUATION, new byte[30_000]));
      client.send(Frame.text("left"), Frame.binary(new byte[3]), Frame.close(1000));
      client.readAll();
      client.shutdownOutput();
      assertThat(diary.page())
          .containsExactly(
              "opened",
              "received TEXT 5",
              "sent TEXT 5",
              "received BINARY 70000",
              "sent BINARY 70000",
              "received BINARY 3",
              "sent TEXT 4",
              "sent TEXT 7",
              "closed 1000");
    }
  }

  @OverBackends
  void whyASocketClosedIsTold(TestBackends backend) throws Exception {
    WebSocketHandler handler =
        socket -> {
          switch (String.valueOf(socket.receive())) {
            case "kick" -> socket.close(new CloseCode(4007), "kicked");
            case "fail" -> throw new IllegalStateException("on purpose");
            default -> {
              socket.send("a");
              echo(socket);
            }
          }
        };
    try (Server server = serve(backend, handler, diary)) {
      for (List<Frame> sent :
          List.of(
              List.of(Frame.text("kick")),
              List.of(Frame.text("fail")),
              List.of(Frame.text("a"), Frame.close(4321)),
              List.of(Frame.text("a"), new Frame(Frame.FIN | Frame.CLOSE, new byte[0])),
              List.of(Frame.text("a"), new Frame(Frame.FIN | Frame.CONTINUATION, new byte[0])))) {
        try (WireClient client = WireClient.connect(server)) {
          client.send(sent.toArray(Frame[]::new));
          Frame frame = client.read();
          while (frame.opcode() != Frame.CLOSE) {
            frame = client.read();
          }
          client.send(new Frame(Frame.FIN | Frame.CLOSE, frame.payload()));
          client.shutdownOutput();
          assertThat(diary.page())
              .startsWith("opened")
              .endsWith("closed " + (frame.payload().length == 0 ? 1005 : frame.code()));
        }
      }
      WireClient vanishing = WireClient.connect(server);
      vanishing.send(Frame.text("a"));
      vanishing.read();
      vanishing.shutdownOutput();
      assertThat(diary.page())
          .containsExactly("opened", "received TEXT 1", "sent TEXT 1", "closed 1006");
      vanishing.close();
    }
  }

  @OverBackends
  void prometheusShowsThem(TestBackends backend) throws Exception {
    ServerMetrics metrics = new ServerMetrics();
    try (Server server = serve(backend, ObservedSocketsTest::echo, metrics, diary);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("hello"));
      client.read();
      assertThat(scrape(metrics))
          .contains("\nheddle_websocket_connections 1\n")
          .contains("\nheddle_websocket_opened_total 1\n");
      client.send(Frame.binary(new byte[1000]), Frame.close(1001));
      client.readAll();
      client.shutdownOutput();
      diary.page();
      assertThat(scrape(metrics))
          .contains("\nheddle_websocket_connections 0\n")
          .contains("\nheddle_websocket_closed_total{code=\"1001\"} 1\n")
          .contains(total("messages", "received", "text", 1))
          .contains(total("messages", "received", "binary", 1))
          .contains(total("messages", "sent", "binary", 1))
          .contains(total("message_bytes", "received", "text", 5))
          .contains(total("message_bytes", "sent", "binary", 1000));
    }
  }

  private static String total(String name, String direction, String kind, int value) {
    return "\nheddle_websocket_%s_total{direction=\"%s\",kind=\"%s\"} %d\n"
        .formatted(name, direction, kind, value);
  }

  private static String scrape(ServerMetrics metrics) {
    Response.Full response =
        (Response.Full) PrometheusHandler.of(metrics).handle(Request.of("GET", "/metrics"));
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @OverBackends
  void micrometerShowsThem(TestBackends backend) throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    MicrometerMetrics metrics = new MicrometerMetrics();
    metrics.bindTo(registry);
    try (Server server = serve(backend, ObservedSocketsTest::echo, metrics, diary);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("hello"));
      client.read();
      assertThat(registry.get("heddle.websocket.connections").gauge().value()).isEqualTo(1);
      client.send(Frame.close(4000));
      client.readAll();
      client.shutdownOutput();
      diary.page();
      for (String direction : List.of("received", "sent")) {
        assertThat(
                registry
                    .get("heddle.websocket.messages")
                    .tags("direction", direction, "kind", "text")
                    .summary()
                    .totalAmount())
            .isEqualTo(5);
      }
      assertThat(registry.get("heddle.websocket.connections").gauge().value()).isZero();
      assertThat(registry.get("heddle.websocket.closed").tags("code", "4xxx").counter().count())
          .isEqualTo(1);
    }
  }

  @OverBackends
  void theFlightRecorderShowsThem(TestBackends backend) throws Exception {
    try (Server server = serve(backend, ObservedSocketsTest::echo, new JfrEvents(), diary);
        Recording recording = new Recording()) {
      recording.enable("heddle.WebSocketMessage");
      recording.start();
      try (WireClient client = WireClient.connect(server)) {
        client.send(Frame.text("hello"), Frame.binary(new byte[3]), Frame.close(1000));
        client.readAll();
        client.shutdownOutput();
        diary.page();
      }
      recording.stop();
      Path file = folder.resolve("a.jfr");
      recording.dump(file);
      assertThat(RecordingFile.readAllEvents(file))
          .filteredOn(event -> event.getEventType().getName().equals("heddle.WebSocketMessage"))
          .extracting(
              event ->
                  "%s %s %d"
                      .formatted(
                          event.getString("direction"),
                          event.getString("kind"),
                          event.getLong("bytes")))
          .containsExactlyInAnyOrder(
              "received text 5", "sent text 5", "received binary 3", "sent binary 3");
    }
  }
}
