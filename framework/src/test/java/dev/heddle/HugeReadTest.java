package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The JDK reads into an array by way of a buffer of the same size outside of the heap, and keeps
/// it: so nobody reads into a huge one at once.
class HugeReadTest {
  private static final int HUGE = 10_000_000;

  private final AtomicInteger most = new AtomicInteger();

  /// The server's end of a connection, which tells the most that it was to read at once.
  private Transport watched(Transport transport) {
    return (Transport)
        Proxy.newProxyInstance(
            Transport.class.getClassLoader(),
            new Class<?>[] {Transport.class},
            (_, method, arguments) -> {
              if (method.getName().equals("read")) {
                most.accumulateAndGet(((ByteBuffer) arguments[0]).remaining(), Math::max);
              }
              return method.invoke(transport, arguments);
            });
  }

  private void serve(TestHandler<?> handler) throws Exception {
    TimedScope timed = new TimedScope(ServerOptions.DEFAULT, handler);
    InMemoryTransport.Pair pair = InMemoryTransport.pair(100_000);
    Connection connection = timed.scope.admit(watched(pair.server()));
    Thread.ofVirtual().start(() -> timed.scope.run(connection));
    TestPeer peer = TestPeer.over(pair.client());
    peer.write(ByteBuffer.wrap(Bytes.random(1, 100_000)));
    peer.shutdownOutput();
    handler.result();
  }

  @Test
  void anArrayIsReadInParts() throws Exception {
    serve(
        new TestHandler<>(
            c -> {
              ByteBuffer huge = ByteBuffer.allocate(HUGE);
              while (c.read(huge) >= 0) {
                assertThat(huge.limit()).isEqualTo(HUGE);
              }
              assertThat(huge.flip()).isEqualTo(ByteBuffer.wrap(Bytes.random(1, 100_000)));
              return "";
            }));
    assertThat(most).hasValue(64 * 1024);
  }

  @Test
  void aStreamsArrayIsReadInParts() throws Exception {
    serve(new TestHandler<>(c -> c.input().readNBytes(new byte[HUGE], 0, HUGE)));
    assertThat(most).hasValue(64 * 1024);
  }

  @Test
  void aBufferOutsideOfTheHeapIsReadAtOnce() throws Exception {
    serve(new TestHandler<>(c -> c.read(ByteBuffer.allocateDirect(HUGE))));
    assertThat(most).hasValue(HUGE);
  }
}
