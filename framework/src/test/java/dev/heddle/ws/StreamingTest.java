package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.heddle.Server;
import dev.heddle.TestBackends;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Messages that are larger than anybody would hold.
class StreamingTest {
  private static final long GIGABYTE = 1L << 30;

  /// A platform thread: of virtual ones the JVM does not count what they allocate.
  private static final TestBackends BACKEND = TestBackends.valueOf("PLATFORM");

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  @Test
  void aGigabyteIsReceivedAsAStreamInBoundedMemory() throws Exception {
    BlockingQueue<Long> results = new LinkedBlockingQueue<>();
    WebSocketHandler handler =
        socket -> {
          long before = allocated();
          long total = 0;
          byte[] buffer = new byte[16 * 1024];
          try (InputStream in = socket.receiveStream()) {
            for (int count; (count = in.read(buffer)) > 0; ) {
              total += count;
            }
          }
          results.add(total);
          results.add(allocated() - before);
        };
    try (Server server =
            WebSocketOverBackendsTest.serve(BACKEND, handler, WebSocketOptions.DEFAULT);
        WireClient client = WireClient.connect(server)) {
      // One frame: its head by hand, and a masking key of zero.
      client.sendRaw(Frame.hex("82ff 0000000040000000 00000000"));
      byte[] piece = new byte[1 << 20];
      for (long sent = 0; sent < GIGABYTE; sent += piece.length) {
        client.sendRaw(piece);
      }
      assertThat(results.poll(60, TimeUnit.SECONDS)).isEqualTo(GIGABYTE);
      assertThat(results.poll(60, TimeUnit.SECONDS)).isLessThan(16L << 20);
    }
  }

  @Test
  void aGigabyteIsSentAsAStreamInBoundedMemory() throws Exception {
    BlockingQueue<Long> results = new LinkedBlockingQueue<>();
    WebSocketHandler handler =
        socket -> {
          byte[] piece = new byte[1 << 20];
          try (OutputStream out = socket.sendBinary()) {
            out.write(piece);
            long before = allocated();
            for (long sent = piece.length; sent < GIGABYTE; sent += piece.length) {
              out.write(piece);
            }
            results.add(allocated() - before);
          }
        };
    try (Server server =
            WebSocketOverBackendsTest.serve(BACKEND, handler, WebSocketOptions.DEFAULT);
        WireClient client = WireClient.connect(server)) {
      long total = 0;
      Frame frame;
      do {
        frame = client.read();
        total += frame.payload().length;
      } while ((frame.first() & Frame.FIN) == 0);
      assertThat(total).isEqualTo(GIGABYTE);
      assertThat(results.poll(60, TimeUnit.SECONDS)).isLessThan(32L << 20);
    }
  }

  @Test
  void whatIsLeftUnreadIsSkipped() {
    List<String> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          for (MessageInput in; (in = socket.receiveStream()) != null; ) {
            seen.add((in.isText() ? "text " : "binary ") + in.read());
          }
          seen.add("end");
        };
    byte[] sent =
        Frame.hex(
            "0183 00000000 616263 0083 00000000 646566 8982 00000000 7071 8081 00000000 67"
                + "8281 00000000 09 8180 00000000 8882 00000000 03e8");
    for (List<byte[]> pieces : Script.deliveries(sent)) {
      seen.clear();
      Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, pieces, handler);
      assertThat(seen).containsExactly("text 97", "binary 9", "text -1", "end");
    }
  }

  @Test
  void aStreamIsFollowedByAWholeMessage() {
    List<Object> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          try (MessageInput in = socket.receiveStream()) {
            seen.add(in.read());
          }
          seen.add(socket.receive());
          MessageInput in = socket.receiveStream();
          seen.add(in.reader().read());
        };
    byte[] sent =
        Frame.hex("0183 00000000 616263 8083 00000000 646566 8181 00000000 7a 8182 00000000 c3bc");
    for (List<byte[]> pieces : Script.deliveries(sent)) {
      seen.clear();
      Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, pieces, handler);
      assertThat(seen).containsExactly(97, Message.text("z"), (int) 'ü');
    }
  }

  @Test
  void badTextIsFoundWhereItStands() {
    List<Object> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          MessageInput in = socket.receiveStream();
          try {
            for (int c; (c = in.read()) >= 0; ) {
              seen.add((char) c);
            }
          } catch (WebSocketException e) {
            seen.add(e.code());
          }
        };
    List<byte[]> pieces = List.of(Frame.hex("0183 00000000 6162"), Frame.hex("ff"));
    Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, pieces, handler);
    assertThat(seen).containsExactly('a', 'b', CloseCode.INVALID_PAYLOAD);
  }

  @Test
  void aTextIsSentAsItIsWrittenInFragments() {
    WebSocketHandler handler =
        socket -> {
          try (Writer out = socket.sendText()) {
            out.write("one ü");
            out.flush();
            out.write("x".repeat(100_000));
          }
          try (Writer out = socket.sendText()) {
            out.write("");
          }
        };
    List<Frame> frames =
        Script.frames(Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, List.of(), handler));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < frames.size() - 2; i++) {
      assertThat(frames.get(i).opcode()).isEqualTo(i == 0 ? Frame.TEXT : Frame.CONTINUATION);
      text.append(frames.get(i).text());
    }
    assertThat(text.toString()).isEqualTo("one ü" + "x".repeat(100_000));
    assertThat(frames.get(frames.size() - 2)).isEqualTo(Frame.text(""));
  }

  @Test
  void aThreadThatIsSendingInFragmentsCanSendNothingElse() {
    List<String> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          try (OutputStream out = socket.sendBinary()) {
            out.write(1);
            try {
              socket.send("no");
            } catch (IllegalStateException e) {
              seen.add(e.getMessage());
            }
          }
          socket.send("yes");
        };
    List<Frame> frames =
        Script.frames(Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, List.of(), handler));
    assertThat(frames).startsWith(Frame.binary(new byte[] {1}), Frame.text("yes"));
    assertThat(seen).containsExactly("the message that this thread is sending has not ended");
  }

  @Test
  void aFragmentIsNotSentOnceTheSocketIsClosed() {
    List<String> seen = new ArrayList<>();
    WebSocketHandler handler =
        socket -> {
          OutputStream out = socket.sendBinary();
          out.write(1);
          out.flush();
          socket.close();
          try {
            out.write(2);
            out.close();
          } catch (IOException e) {
            seen.add(e.getMessage());
          }
        };
    List<Frame> frames =
        Script.frames(Script.run(WebSocketOptions.DEFAULT, Script.HANDSHAKE, List.of(), handler));
    assertThat(frames).containsExactly(new Frame(Frame.BINARY, new byte[] {1}), Frame.close(1000));
    assertThat(seen).containsExactly("the WebSocket is closed");
  }

  @Test
  void aWriterSeesUnpairedSurrogatesAsQuestionMarks() {
    List<Frame> frames =
        Script.frames(
            Script.run(
                WebSocketOptions.DEFAULT,
                Script.HANDSHAKE,
                List.of(),
                socket -> socket.send("a\ud800b")));
    assertThat(frames.getFirst().payload()).isEqualTo("a?b".getBytes(StandardCharsets.US_ASCII));
  }
}
