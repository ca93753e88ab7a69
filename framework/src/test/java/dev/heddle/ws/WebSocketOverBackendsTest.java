package dev.heddle.ws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.Observer;
import dev.heddle.OverBackends;
import dev.heddle.Server;
import dev.heddle.TestBackends;
import dev.heddle.http.Http1;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The protocol over real sockets, on every backend.
class WebSocketOverBackendsTest {
  static Server serve(TestBackends backend, WebSocketHandler handler, WebSocketOptions options)
      throws IOException {
    return serve(backend, handler, options, Observer.NONE);
  }

  static Server serve(
      TestBackends backend, WebSocketHandler handler, WebSocketOptions options, Observer observer)
      throws IOException {
    return Server.builder()
        .options(backend.optionsFor(1_100).grace(Duration.ofSeconds(5)).build())
        .observer(observer)
        .listen(0, Http1.of(WebSockets.of(handler, options)))
        .start();
  }

  private static Server serve(TestBackends backend, WebSocketHandler handler) throws IOException {
    return serve(backend, handler, WebSocketOptions.DEFAULT);
  }

  private static void echo(WebSocket socket) throws IOException {
    for (Message message; (message = socket.receive()) != null; ) {
      socket.send(message);
    }
  }

  /// A handler that hands what it ends with to the test.
  private static final class Ending implements WebSocketHandler {
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();

    @Override
    public void handle(WebSocket opened) throws IOException {
      socket.complete(opened);
      try {
        echo(opened);
        ends.add("closed " + opened.closeStatus());
      } catch (IOException e) {
        ends.add("threw " + opened.closeStatus());
        throw e;
      }
    }

    WebSocket socket() throws Exception {
      return socket.get(20, TimeUnit.SECONDS);
    }

    String end() throws InterruptedException {
      return String.valueOf(ends.poll(20, TimeUnit.SECONDS));
    }
  }

  private static String status(int code, String reason) {
    return "CloseStatus[code=" + code + ", reason=" + reason + "]";
  }

  @OverBackends
  void messagesAndPingsAreAnsweredAndCloseEchoed(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    try (Server server = serve(backend, handler);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("hello"), Frame.ping("x"), Frame.binary(new byte[100_000]));
      assertThat(client.read()).isEqualTo(Frame.text("hello"));
      assertThat(client.read()).hasToString("8a 78");
      assertThat(client.read()).isEqualTo(Frame.binary(new byte[100_000]));
      client.send(Frame.close(4000));
      assertThat(client.readAll()).containsExactly(Frame.close(4000));
      assertThat(handler.end()).isEqualTo("closed " + status(4000, ""));
    }
  }

  @OverBackends
  void aPeerMayCloseItsHalfOnceItHasClosed(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    try (Server server = serve(backend, handler);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("last"), Frame.close(1000));
      client.shutdownOutput();
      assertThat(client.readAll()).containsExactly(Frame.text("last"), Frame.close(1000));
      assertThat(handler.end()).isEqualTo("closed " + status(1000, ""));
    }
  }

  @OverBackends
  void whoLeavesWithoutACloseFrameHasLeftAbnormally(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    try (Server server = serve(backend, handler)) {
      try (WireClient client = WireClient.connect(server)) {
        client.send(Frame.text("a"));
        client.shutdownOutput();
        assertThat(client.readAll()).containsExactly(Frame.text("a"));
        assertThat(handler.end()).isEqualTo("threw " + status(1006, ""));
      }
      WireClient crashing = WireClient.connect(server);
      crashing.send(Frame.text("b"));
      assertThat(crashing.read()).isEqualTo(Frame.text("b"));
      crashing.reset();
      assertThat(handler.end()).isEqualTo("threw " + status(1006, ""));
    }
  }

  /// Waits for ever for an answer, as far as a test goes.
  private static final WebSocketOptions PATIENT =
      WebSocketOptions.builder().closeTimeout(Duration.ofHours(1)).build();

  @OverBackends
  void closeFromAnotherThreadWakesAReceiverThoughThePeerIsSilent(TestBackends backend)
      throws Exception {
    Ending handler = new Ending();
    try (Server server = serve(backend, handler, PATIENT);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("a"));
      assertThat(client.read()).isEqualTo(Frame.text("a"));
      handler.socket().close(new CloseCode(4001), "enough");
      assertThat(handler.socket().isOpen()).isFalse();
      assertThat(handler.end()).isEqualTo("closed null");
      Frame close = client.read();
      assertThat(close.code()).isEqualTo(4001);
      assertThat(close.text()).endsWith("enough");
      client.leave();
    }
  }

  @OverBackends
  void closeFromAnotherThreadWakesAReaderOfAStream(TestBackends backend) throws Exception {
    CompletableFuture<WebSocket> reading = new CompletableFuture<>();
    CompletableFuture<String> end = new CompletableFuture<>();
    WebSocketHandler handler =
        socket -> {
          MessageInput message = socket.receiveStream();
          message.read();
          reading.complete(socket);
          try {
            message.read();
          } catch (IOException e) {
            end.complete(e.getMessage());
          }
        };
    try (Server server = serve(backend, handler, PATIENT);
        WireClient client = WireClient.connect(server)) {
      client.send(new Frame(Frame.TEXT, new byte[] {'a'}));
      reading.get(20, TimeUnit.SECONDS).close();
      assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo("the WebSocket is closed");
      assertThat(client.read()).isEqualTo(Frame.close(1000));
      client.leave();
    }
  }

  @OverBackends
  void whoHasClosedReceivesNoMoreAndThePeersAnswerIsWaitedFor(TestBackends backend)
      throws Exception {
    Ending handler = new Ending();
    WebSocketHandler closing =
        socket -> {
          socket.receive();
          socket.close(new CloseCode(4001), "");
          handler.handle(socket);
        };
    try (Server server = serve(backend, closing, PATIENT);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("a"), Frame.text("b"));
      assertThat(client.read()).isEqualTo(Frame.close(4001));
      assertThat(handler.end()).isEqualTo("closed null");
      client.send(Frame.text("too late"), Frame.ping("ignored"), Frame.close(4002));
      assertThat(client.isAtEnd()).isTrue();
      assertThat(handler.socket().closeStatus()).hasToString(status(4002, ""));
    }
  }

  @OverBackends
  void aPeerThatDoesNotAnswerACloseFrameIsCut(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    WebSocketOptions options =
        WebSocketOptions.builder().closeTimeout(Duration.ofMillis(200)).build();
    try (Server server = serve(backend, handler, options);
        WireClient client = WireClient.connect(server)) {
      handler.socket().close();
      assertThat(handler.end()).isEqualTo("closed null");
      assertThat(client.readAll()).containsExactly(Frame.close(1000));
    }
  }

  @OverBackends
  void pingsAreAnsweredWhileTheHandlerOnlySends(TestBackends backend) throws Exception {
    WebSocketHandler ticker =
        socket -> {
          while (true) {
            socket.send("tick");
            TimeUnit.MILLISECONDS.sleep(20);
          }
        };
    try (Server server = serve(backend, ticker);
        WireClient client = WireClient.connect(server)) {
      for (String data : List.of("one", "two")) {
        client.send(Frame.ping(data));
        Frame frame = client.read();
        while (frame.opcode() == Frame.TEXT) {
          frame = client.read();
        }
        assertThat(frame).isEqualTo(new Frame(Frame.FIN | Frame.PONG, frame.payload()));
        assertThat(frame.text()).isEqualTo(data);
      }
      client.send(Frame.close(1000));
      assertThat(client.readAll()).last().isEqualTo(Frame.close(1000));
    }
  }

  /// Only sends until it is told, then echoes.
  private static WebSocketHandler talkerUntil(CountDownLatch told) {
    return socket -> {
      while (told.getCount() > 0) {
        socket.send("tick");
        TimeUnit.MILLISECONDS.sleep(20);
      }
      echo(socket);
    };
  }

  private static void awaitPong(WireClient client) throws IOException {
    Frame frame = client.read();
    while (frame.opcode() != Frame.PONG) {
      frame = client.read();
    }
  }

  @OverBackends
  void whatCameWhileTheHandlerSentIsReceivedInOrder(TestBackends backend) throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (Server server = serve(backend, talkerUntil(told));
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.ping("first"));
      awaitPong(client); // a thread reads ahead now
      for (int i = 0; i < 100; i++) {
        client.send(Frame.text(i + "x".repeat(100)));
      }
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 100; i < 3000; i++) {
                        client.send(Frame.text(i + "x".repeat(100)));
                      }
                      client.send(Frame.close(1000));
                    } catch (IOException e) {
                      // the test will see what is missing
                    }
                  });
      told.countDown();
      List<Frame> echoed = client.readAll();
      echoed.removeIf(frame -> frame.text().equals("tick"));
      sender.join();
      assertThat(echoed).hasSize(3001).last().isEqualTo(Frame.close(1000));
      for (int i = 0; i < 3000; i++) {
        assertThat(echoed.get(i).text()).isEqualTo(i + "x".repeat(100));
      }
    }
  }

  @OverBackends
  void whatWasReadAheadIsReceivedThoughNothingFollowsIt(TestBackends backend) throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (Server server = serve(backend, talkerUntil(told));
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("early"), Frame.ping("and read"));
      awaitPong(client); // the message lies behind a thread that waits for more
      told.countDown();
      Frame frame = client.read();
      while (frame.text().equals("tick")) {
        frame = client.read();
      }
      assertThat(frame).isEqualTo(Frame.text("early"));
      client.send(Frame.text("late"), Frame.close(1000));
      assertThat(client.readAll()).containsExactly(Frame.text("late"), Frame.close(1000));
    }
  }

  @OverBackends
  void messagesOfManyThreadsAreNotInterleaved(TestBackends backend) throws Exception {
    int threads = 8;
    int each = 200;
    WebSocketHandler handler =
        socket -> {
          List<Thread> senders = new ArrayList<>();
          for (int t = 0; t < threads; t++) {
            String letter = Character.toString('a' + t);
            senders.add(
                Thread.ofVirtual()
                    .start(
                        () -> {
                          try {
                            for (int i = 0; i < each; i++) {
                              if (i % 10 == 0) {
                                sendInFragments(socket, letter.repeat(40_000));
                              } else {
                                socket.send(letter.repeat(i * 7));
                              }
                            }
                          } catch (IOException e) {
                            // the test will see what is missing
                          }
                        }));
          }
          for (Thread sender : senders) {
            sender.join();
          }
        };
    try (Server server = serve(backend, handler);
        WireClient client = WireClient.connect(server)) {
      int messages = 0;
      StringBuilder message = new StringBuilder();
      Frame frame = client.read();
      for (; frame.opcode() != Frame.CLOSE; frame = client.read()) {
        boolean continues = frame.opcode() == Frame.CONTINUATION;
        assertThat(continues).isEqualTo(!message.isEmpty());
        message.append(frame.text());
        if ((frame.first() & Frame.FIN) != 0) {
          messages++;
          assertThat(message.chars().distinct().count()).isLessThanOrEqualTo(1);
          message.setLength(0);
        }
      }
      assertThat(messages).isEqualTo(threads * each);
    }
  }

  private static void sendInFragments(WebSocket socket, String text) throws IOException {
    try (OutputStream out = socket.sendBinary()) {
      for (int i = 0; i < text.length(); i += 1000) {
        out.write(text.substring(i, i + 1000).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  @OverBackends
  void aDeadPeerIsFoundByPings(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    WebSocketOptions options =
        WebSocketOptions.builder().pingInterval(Duration.ofMillis(300)).build();
    try (Server server = serve(backend, handler, options);
        WireClient silent = WireClient.connect(server)) {
      assertThat(silent.read()).hasToString("89");
      silent.send(new Frame(Frame.FIN | Frame.PONG, new byte[0]));
      assertThat(silent.read()).hasToString("89");
      assertThat(handler.end()).isEqualTo("threw " + status(1006, ""));
      assertThat(silent.readAll()).isEmpty();
    }
  }

  @OverBackends
  void aPeerThatAnswersPingsIsNotDeadThoughTheHandlerDoesNotReceive(TestBackends backend)
      throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    Ending handler = new Ending();
    WebSocketHandler busy =
        socket -> {
          enough.await();
          handler.handle(socket);
        };
    WebSocketOptions options =
        WebSocketOptions.builder().pingInterval(Duration.ofMillis(200)).build();
    try (Server server = serve(backend, busy, options);
        WireClient client = WireClient.connect(server)) {
      for (int i = 0; i < 4; i++) {
        assertThat(client.read()).hasToString("89");
        client.send(new Frame(Frame.FIN | Frame.PONG, new byte[0]));
      }
      enough.countDown();
      client.send(Frame.text("still here"), Frame.close(1000));
      assertThat(client.readAll()).contains(Frame.text("still here"), Frame.close(1000));
    }
  }

  @OverBackends
  void aCloseFrameWaitsForTheAnswerToTheMessageBefore(TestBackends backend) throws Exception {
    CountDownLatch readAhead = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    WebSocketHandler slow =
        socket -> {
          readAhead.await();
          Message message = requireNonNull(socket.receive());
          taken.countDown();
          closing.await();
          socket.send(message);
        };
    WebSocketOptions options =
        WebSocketOptions.builder().pingInterval(Duration.ofMillis(200)).build();
    Frame ping = Frame.ping("now");
    Frame pong = new Frame(Frame.FIN | Frame.PONG, ping.payload());
    try (Server server = serve(backend, slow, options);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("last"), ping);
      client.readUntil(pong);
      readAhead.countDown();
      taken.await();
      client.send(ping, Frame.close(1000));
      client.readUntil(pong);
      closing.countDown();
      assertThat(client.readAll()).containsSubsequence(Frame.text("last"), Frame.close(1000));
    }
  }

  @OverBackends
  void aClosingServerTellsAllAndWaitsForTheirAnswer(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    Server server = serve(backend, handler);
    try (WireClient polite = WireClient.connect(server);
        WireClient busy = WireClient.connect(server)) {
      polite.send(Frame.text("a"));
      busy.send(Frame.text("b"));
      assertThat(polite.read()).isEqualTo(Frame.text("a"));
      assertThat(busy.read()).isEqualTo(Frame.text("b"));
      Thread closer = Thread.ofPlatform().start(server::close);
      for (WireClient client : List.of(polite, busy)) {
        Frame close = client.read();
        assertThat(close.code()).isEqualTo(1001);
        assertThat(close.text()).endsWith("the server is closing");
        client.send(Frame.close(1001));
        assertThat(client.isAtEnd()).isTrue();
        assertThat(handler.end()).startsWith("closed ");
        client.close();
      }
      closer.join();
    }
  }

  @OverBackends
  void aHandlerAtWorkWhenTheServerClosesMayStillAnswer(TestBackends backend) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    WebSocketHandler handler =
        socket -> {
          Message message = socket.receive();
          started.countDown();
          while (!socket.request().isServerClosing()) {
            TimeUnit.MILLISECONDS.sleep(1);
          }
          socket.send(String.valueOf(message));
          socket.receive();
        };
    Server server = serve(backend, handler);
    try (WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("work"));
      started.await();
      Thread closer = Thread.ofPlatform().start(server::close);
      assertThat(client.read()).isEqualTo(Frame.text("work"));
      assertThat(client.read().code()).isEqualTo(1001);
      client.send(Frame.close(1001));
      assertThat(client.isAtEnd()).isTrue();
      client.leave();
      closer.join();
    }
  }

  @OverBackends
  void aThousandSocketsCloseAtOnce(TestBackends backend) throws Exception {
    CountDownLatch opened = new CountDownLatch(1000);
    BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
    Observer observer =
        new Observer() {
          @Override
          public void connectionClosed(Connection connection) {
            closed.add(connection);
          }
        };
    WebSocketHandler handler =
        socket -> {
          opened.countDown();
          echo(socket);
        };
    List<WireClient> clients = new ArrayList<>();
    Server server = serve(backend, handler, WebSocketOptions.DEFAULT, observer);
    try {
      for (int i = 0; i < 1000; i++) {
        clients.add(WireClient.connect(server));
      }
      assertThat(opened.await(20, TimeUnit.SECONDS)).isTrue();
      Thread closer = Thread.ofPlatform().start(server::close);
      for (WireClient client : clients) {
        assertThat(client.read().code()).isEqualTo(1001);
        client.send(Frame.close(1001));
      }
      for (WireClient client : clients) {
        assertThat(client.isAtEnd()).isTrue();
        client.close();
      }
      closer.join();
      assertThat(closed).hasSize(1000);
    } finally {
      for (WireClient client : clients) {
        client.close();
      }
      server.close();
    }
  }

  @OverBackends
  void aHandlersFaultIsToldAndCounted(TestBackends backend) throws Exception {
    BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    Observer observer =
        new Observer() {
          @Override
          public void handlerFailed(Connection connection, Throwable cause) {
            failures.add(cause);
          }
        };
    WebSocketHandler handler =
        socket -> {
          socket.receive();
          throw new IOException("a file of the handler's own");
        };
    try (Server server = serve(backend, handler, WebSocketOptions.DEFAULT, observer);
        WireClient client = WireClient.connect(server)) {
      client.send(Frame.text("a"));
      assertThat(client.read()).isEqualTo(Frame.close(1011));
      client.send(Frame.close(1011));
      assertThat(failures.poll(20, TimeUnit.SECONDS))
          .hasRootCauseMessage("a file of the handler's own");
    }
  }

  @OverBackends
  void aPingFloodIsAnsweredWithinBounds(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    try (Server server = serve(backend, handler);
        WireClient client = WireClient.connectNarrow(server)) {
      Frame ping = Frame.ping("p".repeat(125));
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 20_000; i++) {
                        client.send(ping);
                      }
                      client.send(Frame.text("end"), Frame.close(1000));
                    } catch (IOException e) {
                      // the test will see what is missing
                    }
                  });
      List<Frame> frames = client.readAll();
      flood.join();
      assertThat(frames).hasSize(20_002).contains(Frame.text("end"), Frame.close(1000));
      assertThat(frames.subList(0, 20_000))
          .allMatch(frame -> frame.equals(new Frame(Frame.FIN | Frame.PONG, ping.payload())));
    }
  }

  @OverBackends
  void aFragmentedFloodIsRefusedAtTheLimit(TestBackends backend) throws Exception {
    Ending handler = new Ending();
    WebSocketOptions options = WebSocketOptions.builder().maxMessage(100_000).build();
    try (Server server = serve(backend, handler, options);
        WireClient client = WireClient.connect(server)) {
      Thread flood =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      client.send(new Frame(Frame.BINARY, new byte[0]));
                      while (true) {
                        client.send(new Frame(Frame.CONTINUATION, new byte[7]));
                      }
                    } catch (IOException e) {
                      // the server has had enough
                    }
                  });
      assertThat(client.read().code()).isEqualTo(1009);
      assertThat(handler.end()).isEqualTo("threw " + status(1006, ""));
      client.leave();
      flood.join();
    }
  }
}
