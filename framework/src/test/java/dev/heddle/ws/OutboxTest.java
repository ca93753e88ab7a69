package dev.heddle.ws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Connection;
import dev.heddle.InMemoryTransport;
import dev.heddle.Transport;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sending without waiting, over a network that takes what the test has it take.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutboxTest {
  private static final PreparedMessage HELLO = PreparedMessage.of("hello");

  private final BlockingQueue<Object> results = new LinkedBlockingQueue<>();

  @FunctionalInterface
  private interface TryWrite {
    int tryWrite(ByteBuffer src) throws IOException;
  }

  @FunctionalInterface
  private interface Script {
    Object run(Outbox outbox, Connection connection) throws Exception;
  }

  private static Transport over(Transport below, TryWrite tryWrite) {
    return (Transport)
        Proxy.newProxyInstance(
            OutboxTest.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (_, method, args) -> {
              try {
                return method.getName().equals("tryWrite")
                    ? tryWrite.tryWrite((ByteBuffer) args[0])
                    : method.invoke(below, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Outbox outbox(Connection connection) {
    return new Outbox(connection, Duration.ofSeconds(1), CompressionVariant.NONE, null);
  }

  private Object run(TryWrite network, Script script) throws InterruptedException {
    try (InMemoryTransport _ =
        InMemoryTransport.serve(
            connection -> {
              connection.layer((below, _) -> over(below, network));
              try {
                results.add(script.run(outbox(connection), connection));
              } catch (Exception e) {
                results.add(e);
              }
            })) {
      return results.take();
    }
  }

  private static int take(ByteBuffer src, int count) {
    src.position(src.position() + count);
    return count;
  }

  @Test
  void aMessageThatTheNetworkTakesIsSent() throws Exception {
    assertThat(run(src -> take(src, src.remaining()), (outbox, _) -> outbox.tryToSend(HELLO)))
        .isEqualTo(Delivery.SENT);
  }

  @Test
  void aMessageThatTheNetworkDoesNotTakeIsNotBegun() throws Exception {
    assertThat(run(_ -> 0, (outbox, _) -> outbox.tryToSend(HELLO))).isEqualTo(Delivery.NOT_BEGUN);
  }

  @Test
  void theRestOfAMessageIsFlushed() throws Exception {
    StringBuilder sent = new StringBuilder();
    try (InMemoryTransport client =
        InMemoryTransport.serve(
            connection -> {
              connection.layer((below, _) -> over(below, src -> take(src, 3)));
              Outbox outbox = outbox(connection);
              results.add(outbox.tryToSend(HELLO));
              results.add(outbox.tryToSend(HELLO));
              outbox.flushAll();
            })) {
      assertThat(results.take()).isEqualTo(Delivery.TO_BE_FLUSHED);
      assertThat(results.take()).as("behind what is to be flushed").isEqualTo(Delivery.NOT_BEGUN);
      ByteBuffer read = ByteBuffer.allocate(100);
      while (client.read(read) >= 0) {
        // until the end
      }
      sent.append(ISO_8859_1.decode(read.flip()));
    }
    assertThat(sent.toString()).isEqualTo("ello"); // of 0x81 0x05 h e l l o
  }

  /// What they left may find that the network takes no more, and this thread may not wait for it.
  @Test
  void whatOthersLeaveMeanwhileIsToBeFlushed() throws Exception {
    Outbox[] outboxes = new Outbox[1];
    TryWrite pinged =
        src -> {
          Thread other = Thread.ofVirtual().start(() -> outboxes[0].pong(new byte[0], false));
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          return take(src, src.remaining());
        };
    assertThat(
            run(
                pinged,
                (outbox, connection) -> {
                  outboxes[0] = outbox;
                  Delivery delivery = outbox.tryToSend(HELLO);
                  long before = connection.bytesWritten();
                  outbox.flushAll();
                  return delivery + " " + (connection.bytesWritten() - before);
                }))
        .isEqualTo(Delivery.TO_BE_FLUSHED + " 2");
  }

  @Test
  void whatIsKeptBackLeavesFirst() throws Exception {
    assertThat(
            run(
                src -> take(src, src.remaining()),
                (outbox, _) -> {
                  outbox.send(Message.text("kept back"), true);
                  return outbox.tryToSend(HELLO);
                }))
        .isEqualTo(Delivery.NOT_BEGUN);
  }
}
