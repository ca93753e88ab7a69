package dev.heddle.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.heddle.InMemoryTransport;
import dev.heddle.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records on the wire, byte by byte.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTransportTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static Tls tls;
  private static SSLContext client;

  @BeforeAll
  static void readCertificate() throws IOException {
    tls = TestTls.server().build();
    client = TestTls.client();
  }

  /// Both ends of a connection that have shaken hands.
  private record Ends(Transport server, Tapped wire, TlsTransport client) {}

  /// The server's end, once it has shaken hands: by a thread of its own, as the client's has to.
  private static CompletableFuture<Transport> accept(Transport below) {
    CompletableFuture<Transport> server = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                server.complete(tls.over(below, NOTHING));
              } catch (IOException e) {
                server.completeExceptionally(e);
              }
            });
    return server;
  }

  private static Ends connect(String protocol, IntUnaryOperator most) throws Exception {
    InMemoryTransport.Pair pair = InMemoryTransport.pair(1 << 20);
    Tapped wire = new Tapped(pair.server(), most);
    CompletableFuture<Transport> server = accept(wire);
    SSLEngine engine = client.createSSLEngine("localhost", 0);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {protocol});
    TlsTransport connected = TestTls.connect(pair.client(), engine);
    Ends ends = new Ends(server.get(20, TimeUnit.SECONDS), wire, connected);
    wire.takeWrites();
    return ends;
  }

  private static byte[] receive(Transport transport, int count) throws IOException {
    ByteBuffer dst = ByteBuffer.allocate(count);
    while (dst.hasRemaining()) {
      assertThat(transport.read(dst)).isPositive();
    }
    return dst.array();
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aByteAReadIsEnough(String protocol) throws Exception {
    Ends ends = connect(protocol, _ -> 1);
    byte[] sent = random(20_000);
    ends.client.write(ByteBuffer.wrap(sent));
    assertThat(receive(ends.server, sent.length)).isEqualTo(sent);
    ends.client.shutdownOutput();
    assertThat(ends.server.read(ByteBuffer.allocate(1))).isNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void everySplitOfAConversationIsTheSame(String protocol) throws Exception {
    for (int split = 1; split < 700; split++) {
      int at = split;
      Ends ends = connect(protocol, read -> read < at ? at - read : Integer.MAX_VALUE);
      ends.client.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(receive(ends.server, 3)).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aReaderOfFewBytesGetsThemAll() throws Exception {
    Ends ends = connect("TLSv1.3", _ -> Integer.MAX_VALUE);
    byte[] sent = random(40_000);
    ends.client.write(ByteBuffer.wrap(sent));
    ends.client.shutdownOutput();
    ByteBuffer all = ByteBuffer.allocate(sent.length);
    for (ByteBuffer few = ByteBuffer.allocate(7); ends.server.read(few.clear()) > 0; ) {
      all.put(few.flip());
    }
    assertThat(all.array()).isEqualTo(sent);
  }

  @Test
  void recordsAreSmallFirstAndThenFull() throws Exception {
    Ends ends = connect("TLSv1.3", _ -> Integer.MAX_VALUE);
    ends.server.write(ByteBuffer.wrap(random(200_000)));
    List<Integer> records = Tapped.records(ends.wire.takeWrites());
    int overhead = 33; // the tag, the kind, and what the JDK pads with (RFC 8446, section 5.2)
    assertThat(records)
        .startsWith(1380 + overhead, 2760 + overhead, 5520 + overhead, 11_040 + overhead, 16_400)
        .endsWith(16_400, 200_000 - 20_700 - 10 * (16_400 - overhead) + overhead);
    assertThat(receive(ends.client, 200_000)).isEqualTo(random(200_000));
  }

  @Test
  void afterAPauseTheyAreSmallAgain() {
    RecordSize size = new RecordSize();
    long now = 5_000_000_000L;
    size.begin(now);
    for (int i = 0; i < 10; i++) {
      size.sent(size.next());
    }
    size.begin(now + 900_000_000);
    assertThat(size.next()).isEqualTo(RecordSize.LARGEST);
    size.begin(now + 2_000_000_000);
    assertThat(size.next()).isEqualTo(RecordSize.FIRST);
    size.sent(100);
    assertThat(size.next()).as("it was not needed whole").isEqualTo(RecordSize.FIRST);
  }

  @Test
  void whatIsWrittenAtOnceLeavesAtOnce() throws Exception {
    Ends ends = connect("TLSv1.3", _ -> Integer.MAX_VALUE);
    ends.server.write(ByteBuffer.wrap(random(100)), NOTHING, ByteBuffer.wrap(random(200)), NOTHING);
    List<byte[]> writes = ends.wire.takeWrites();
    assertThat(writes).hasSize(1);
    assertThat(Tapped.records(writes)).containsExactly(333);
    ends.server.write(ByteBuffer.wrap(random(20_000)));
    assertThat(ends.wire.takeWrites()).hasSize(1);
  }

  @Test
  void theFlightsOfAHandshakeLeaveAtOnce() throws Exception {
    InMemoryTransport.Pair pair = InMemoryTransport.pair(1 << 20);
    Tapped wire = new Tapped(pair.server());
    Thread server = Thread.ofVirtual().start(() -> handshake(wire));
    TestTls.connect(pair.client(), client);
    server.join();
    assertThat(wire.takeWrites()).as("hello to finished, and tickets").hasSizeLessThanOrEqualTo(3);
  }

  private static void handshake(Transport below) {
    try {
      tls.over(below, NOTHING);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void closeNotifyIsTheEndAndNothingElse(String protocol) throws Exception {
    Ends ends = connect(protocol, _ -> Integer.MAX_VALUE);
    ends.server.write(ByteBuffer.wrap(new byte[1]));
    ends.server.shutdownOutput();
    assertThat(ends.client.read(ByteBuffer.allocate(10))).isEqualTo(1);
    assertThat(ends.client.read(ByteBuffer.allocate(10))).isNegative();
    if (protocol.equals("TLSv1.3")) {
      ends.client.write(ByteBuffer.wrap(new byte[2]));
      assertThat(ends.server.read(ByteBuffer.allocate(10))).as("half closed").isEqualTo(2);
    } else {
      assertThatIOException()
          .isThrownBy(() -> ends.client.write(ByteBuffer.wrap(new byte[2])))
          .isInstanceOf(ClosedChannelException.class);
    }
    ends.client.close();
    assertThatIOException()
        .isThrownBy(() -> ends.server.read(ByteBuffer.allocate(10)))
        .isInstanceOf(SSLException.class)
        .withMessage("the stream was cut: it ended without close_notify");
  }

  @Test
  void aCutInTheMiddleOfARecordIsAnError() throws Exception {
    InMemoryTransport.Pair pair = InMemoryTransport.pair(1 << 20);
    CompletableFuture<Transport> server = accept(pair.server());
    TestTls.connect(pair.client(), client);
    pair.client().write(ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 100, 1, 2, 3}));
    pair.client().shutdownOutput();
    Transport secured = server.get(20, TimeUnit.SECONDS);
    assertThatIOException()
        .isThrownBy(() -> secured.read(ByteBuffer.allocate(10)))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void aRecordThatWasChangedOrIsTooLongIsRefusedWithAnAlert() throws Exception {
    byte[] changed = new byte[105];
    System.arraycopy(new byte[] {23, 3, 3, 0, 100}, 0, changed, 0, 5);
    for (byte[] wrong : List.of(changed, new byte[] {23, 3, 3, 127, 0})) {
      InMemoryTransport.Pair pair = InMemoryTransport.pair(1 << 20);
      CompletableFuture<Transport> server = accept(pair.server());
      TestTls.connect(pair.client(), client);
      pair.client().write(ByteBuffer.wrap(wrong));
      Transport secured = server.get(20, TimeUnit.SECONDS);
      assertThatIOException()
          .isThrownBy(() -> secured.read(ByteBuffer.allocate(10)))
          .isInstanceOf(SSLException.class);
    }
  }

  @Test
  void whoWaitsForTheNextRecordHoldsNoBuffer() throws Exception {
    InMemoryTransport.Pair pair = InMemoryTransport.pair(1 << 20);
    ByteBuffer first = ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 2, 8, 9});
    RecordInput input = new RecordInput(pair.server(), first);
    assertThat(input.await()).isPositive();
    input.bytes().position(input.bytes().limit());
    input.releaseIfEmpty();
    assertThat(input.bytes().capacity()).isZero();
    pair.client().write(ByteBuffer.wrap(new byte[] {23, 3, 3, 0, 1, 7, 23}));
    assertThat(input.await()).isPositive();
    assertThat(input.length()).isEqualTo(6);
    assertThat(input.type()).isEqualTo(23);
  }
}
