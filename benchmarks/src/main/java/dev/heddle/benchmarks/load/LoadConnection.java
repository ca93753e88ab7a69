package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One socket of the generator: opens, writes what is due, reads what comes.
///
/// ```
/// connecting --> greeting --> open --> closed    (an error, or the server's last reply: the loop may
///      \------------\-----------------^           open another)
/// ```
///
/// Belongs to the thread of its loop.
final class LoadConnection implements ReplyReader.Replies {
  private final LoadLoop loop;
  private final int place;
  private final Conversation conversation;
  // These stand before the channel so that G1 moves them next to this object: a message needs all.
  private final Outbox outbox;
  private final ReplyReader reader;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final long openingSince = System.nanoTime();

  private boolean connected;
  private boolean opening = true;
  private boolean last;
  private boolean writing; // the selector tells when the socket takes more

  private LoadConnection(LoadLoop loop, int place, SocketChannel channel, SelectionKey key) {
    this.loop = loop;
    this.place = place;
    this.channel = channel;
    this.key = key;
    conversation = loop.conversation(place);
    int number = loop.numberOf(place);
    outbox = new Outbox(loop.exchange().requests(), number);
    reader = loop.exchange().newReader(number);
    // What was under way when the server closed its last connection is asked again.
    outbox.addMessages(conversation.underWay());
  }

  /// Begins to open a connection for `place`.
  static LoadConnection open(
      LoadLoop loop, int place, @Nullable SocketAddress source, InetSocketAddress server)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (source != null) {
        channel.bind(source);
      }
      boolean connected = channel.connect(server);
      int interest = connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
      SelectionKey key = channel.register(loop.selector(), interest);
      LoadConnection connection = new LoadConnection(loop, place, channel, key);
      key.attach(connection);
      connection.connected = connected;
      return connection;
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  int place() {
    return place;
  }

  boolean isConnected() {
    return connected;
  }

  boolean isOpening() {
    return opening;
  }

  /// Whether all it can be ready for is to read a reply: it has written all that it owes, and no
  /// part of a reply has come. Looks, and does nothing.
  boolean awaitsReply() {
    return conversation.underWay() > 0
        && outbox.isEmpty()
        && !opening
        && !reader.midReply()
        && channel.isConnected();
  }

  /// Does what the selector says is possible now.
  void onReady() {
    if (!connected) {
      finishConnecting();
    } else if (writing) {
      exchange(key.isWritable(), key.isReadable());
    } else {
      onReadable();
    }
  }

  /// Reads what has come, and answers it.
  void onReadable() {
    exchange(false, true);
  }

  private void exchange(boolean writable, boolean readable) {
    try {
      if (writable) {
        flush();
      }
      if (readable) {
        receive();
      }
    } catch (ReplyException wrong) {
      fail(wrong.kind());
    } catch (IOException broken) {
      fail(ErrorKind.RESET);
    }
  }

  private void finishConnecting() {
    try {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
    } catch (IOException failure) {
      fail(ErrorKind.ofConnect(failure));
      return;
    }
    connected();
  }

  /// The socket is connected: the protocol may want to say something first.
  void connected() {
    connected = true;
    ByteBuffer greeting = reader.greeting();
    if (greeting == null) {
      opened();
      send(System.nanoTime());
      return;
    }
    try {
      say(greeting);
      flush();
    } catch (IOException broken) {
      fail(ErrorKind.RESET);
    }
  }

  @Override
  public void opened() {
    opening = false;
    loop.opened();
  }

  private void receive() throws IOException, ReplyException {
    ByteBuffer bytes = loop.buffer().clear();
    int length = channel.read(bytes);
    long now = loop.noteRead();
    if (length < 0) {
      endOfStream();
      return;
    }
    loop.tally().bytesReceived += length;
    reader.read(bytes.flip(), this);
    if (last) {
      loop.tally().bytesSent += outbox.writeAside(channel); // such as a goodbye
      close();
      loop.closedInOrder(this);
    } else {
      writeDue(now);
    }
  }

  private void endOfStream() throws ReplyException {
    reader.endOfStream(this);
    if (last) {
      close();
      loop.closedInOrder(this);
    } else {
      fail(reader.midReply() ? ErrorKind.SHORT_REPLY : ErrorKind.CLOSED);
    }
  }

  /// Writes the messages that are due and have room, if any; returns how many.
  int send(long now) {
    if (opening) {
      return 0;
    }
    try {
      return writeDue(now);
    } catch (IOException broken) {
      fail(ErrorKind.RESET);
      return 0;
    }
  }

  private int writeDue(long now) throws IOException {
    int messages = conversation.issue(now);
    if (messages > 0) {
      loop.sent(messages);
      outbox.addMessages(messages);
    }
    if (!outbox.isEmpty()) {
      flush();
    }
    return messages;
  }

  private void flush() throws IOException {
    loop.tally().bytesSent += outbox.write(channel);
    boolean more = !outbox.isEmpty();
    if (more != writing) {
      writing = more;
      key.interestOps(more ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
  }

  @Override
  public void completed(int count) throws ReplyException {
    requireUnderWay(count);
    for (int left = count; left > 0; ) {
      long intended = conversation.oldest();
      int answered = conversation.answer(left, loop.lastRead());
      loop.answered(answered, intended);
      left -= answered;
    }
  }

  @Override
  public void failed(ErrorKind kind) throws ReplyException {
    requireUnderWay(1);
    conversation.answer(1, loop.lastRead());
    loop.answeredWrong(kind);
  }

  private void requireUnderWay(int count) throws ReplyException {
    if (conversation.underWay() < count) {
      throw new ReplyException(ErrorKind.WRONG_BYTES);
    }
  }

  @Override
  public void say(ByteBuffer bytes) {
    outbox.addAside(bytes);
  }

  @Override
  public void last() {
    last = true;
  }

  /// How long the server has kept this connection waiting, in nanoseconds.
  long waited(long now) {
    return opening ? now - openingSince : conversation.waited(now);
  }

  /// Fails, as the server has kept this connection waiting for too long.
  void timedOut() {
    if (opening) {
      fail(ErrorKind.CONNECT_TIMEOUT);
    } else {
      fail(reader.midReply() ? ErrorKind.SHORT_REPLY : ErrorKind.TIMEOUT);
    }
  }

  private void fail(ErrorKind kind) {
    close();
    loop.failed(this, kind);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // The descriptor is gone either way.
    }
  }
}
