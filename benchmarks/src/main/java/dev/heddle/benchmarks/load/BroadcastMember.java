package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/// One connection to a room: shakes hands, joins, and tells of what it hears.
///
/// What it says is short and seldom, so it is taken for sent when the socket has it. Belongs to the
/// thread of its [Broadcast].
final class BroadcastMember {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Broadcast room;
  private final WsHandshake handshake;
  private final SocketChannel channel;
  private final SelectionKey key;
  private boolean agreed;
  private boolean lost;
  private ByteBuffer partial = NOTHING; // the begin of a frame whose end has not come
  private int next;
  private int received;

  BroadcastMember(Broadcast room, BroadcastPlan plan, InetSocketAddress server, Selector selector)
      throws IOException {
    this.room = room;
    handshake = new WsHandshake(plan.target(), plan.fieldLines());
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected = channel.connect(server);
    key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    if (connected) {
      onConnected();
    }
  }

  private void onConnected() throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    channel.write(handshake.request());
  }

  boolean agreed() {
    return agreed;
  }

  boolean lost() {
    return lost;
  }

  /// Forgets what was heard: a run begins.
  void begin() {
    next = 0;
    received = 0;
  }

  /// The messages of this run that came in their order.
  int received() {
    return received;
  }

  void say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(WsFrames.masked(WsFrames.TEXT, bytes, ThreadLocalRandom.current().nextInt()));
  }

  private void write(ByteBuffer frame) {
    try {
      channel.write(frame);
      if (frame.hasRemaining()) {
        fail(ErrorKind.TIMEOUT); // a server that reads nothing any more
      }
    } catch (IOException broken) {
      fail(ErrorKind.RESET);
    }
  }

  void onReady(ByteBuffer buffer) {
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        onConnected();
      } else {
        read(buffer.clear());
      }
    } catch (ReplyException wrong) {
      fail(wrong.kind());
    } catch (IOException broken) {
      fail(agreed ? ErrorKind.RESET : ErrorKind.ofConnect(broken));
    }
  }

  private void read(ByteBuffer buffer) throws IOException, ReplyException {
    if (channel.read(buffer) < 0) {
      throw new ReplyException(ErrorKind.CLOSED);
    }
    long now = System.nanoTime();
    ByteBuffer bytes = buffer.flip();
    if (!agreed) {
      agreed = handshake.read(bytes);
      if (!agreed) {
        return;
      }
      room.agreed(this);
    }
    if (partial.hasRemaining()) {
      bytes =
          ByteBuffer.allocate(partial.remaining() + buffer.remaining())
              .put(partial)
              .put(buffer)
              .flip();
    }
    while (readFrame(bytes, now)) {}
    partial =
        bytes.hasRemaining() ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip() : NOTHING;
  }

  /// Reads a frame if all of it is there; returns whether.
  private boolean readFrame(ByteBuffer bytes, long now) throws ReplyException {
    Broadcast.Heard last = room.last();
    if (last != null && last.startsIn(bytes)) {
      bytes.position(bytes.position() + last.frame().limit());
      hear(last.stamp(), now);
      return true;
    }
    int from = bytes.position();
    int header = bytes.remaining() < 2 ? 2 : headerLength(bytes.get(from + 1));
    if (bytes.remaining() < header) {
      return false;
    }
    long payload = payloadLength(bytes, from, header);
    if (bytes.remaining() < header + payload) {
      return false;
    }
    int start = from + header;
    int end = start + (int) payload;
    bytes.position(end);
    onFrame(bytes, bytes.get(from) & 0x0f, from, start, end, now);
    return true;
  }

  private void onFrame(ByteBuffer bytes, int opcode, int from, int start, int end, long now)
      throws ReplyException {
    switch (opcode) {
      case WsFrames.TEXT -> {
        Stamp stamp = Stamp.find(bytes, start, end, room.run());
        if (stamp != null) {
          room.remember(bytes.slice(from, end - from), stamp);
          hear(stamp, now);
        }
      }
      case WsFrames.PING -> {
        byte[] payload = new byte[end - start];
        bytes.get(start, payload);
        write(WsFrames.masked(WsFrames.PONG, payload, ThreadLocalRandom.current().nextInt()));
      }
      case WsFrames.CLOSE -> throw new ReplyException(ErrorKind.CLOSED);
      default -> {} // a pong, or nothing of ours
    }
  }

  private static int headerLength(byte second) throws ReplyException {
    if (second < 0) {
      throw new ReplyException(ErrorKind.MALFORMED); // masked
    }
    return switch (second) {
      case WsFrames.LENGTH_16 -> 4;
      case WsFrames.LENGTH_64 -> 10;
      default -> 2;
    };
  }

  private static long payloadLength(ByteBuffer bytes, int from, int header) {
    return switch (header) {
      case 2 -> bytes.get(from + 1);
      case 4 -> bytes.getShort(from + 2) & 0xffff;
      default -> bytes.getLong(from + 2);
    };
  }

  private void hear(Stamp stamp, long now) {
    if (stamp.number() < next) {
      room.repeated(this);
      return;
    }
    next = stamp.number() + 1;
    received++;
    room.delivered(this, now - stamp.intended());
  }

  private void fail(ErrorKind kind) {
    if (!lost) {
      lost = true;
      close();
      room.lost(this, kind);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is gone either way.
    }
  }
}
