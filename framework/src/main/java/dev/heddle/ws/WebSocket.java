package dev.heddle.ws;

import dev.heddle.Connection;
import dev.heddle.Peer;
import dev.heddle.http.Request;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One peer, and the messages to and from it (RFC 6455).
///
/// **Receiving** is for one thread at a time, mostly the handler's. Pings are answered and Close
/// frames echoed by whoever receives, and while nobody does, by a thread that reads ahead, up to a
/// bound.
///
/// **Sending** is for any thread: messages are sent one after the other, whole. A send blocks until
/// the network has taken the message; there is no queue. What the handler's own thread sends while
/// more messages of the peer are there already leaves together with the answers to those, so a
/// handler that is about to do something slow in between calls [#flush()].
///
/// **Closing** is for any thread. The socket ends by itself when its handler returns.
public final class WebSocket implements Closeable {
  private final Connection connection;
  private final Agreement agreement;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Vigil vigil;

  WebSocket(Connection connection, Agreement agreement) {
    this.connection = connection;
    this.agreement = agreement;
    PerMessageDeflate deflate = agreement.deflate();
    WebSocketOptions options = agreement.options();
    this.outbox =
        new Outbox(
            connection,
            options.closeTimeout(),
            agreement.variant(),
            deflate == null
                ? null
                : new MessageDeflater(deflate.sendContext(), deflate.windowBits()));
    this.inbox =
        new Inbox(
            connection,
            outbox,
            options,
            deflate == null ? null : new MessageInflater(deflate.receiveContext()));
    this.vigil = new Vigil(connection, inbox, outbox, options);
  }

  /// The opening handshake is over. The owner.
  void begin() throws IOException {
    connection.flush();
    connection.observer().webSocketOpened(connection);
    vigil.begin();
  }

  /// The handler has returned: closes, waits for the peer to do so, and gives back what is held.
  /// The owner.
  void end(CloseCode code) {
    outbox.close(CloseFrame.payload(code, ""));
    inbox.end();
    outbox.awaitClose();
    int told = closeCode();
    outbox.end();
    vigil.end();
    connection.observer().webSocketClosed(connection, told);
  }

  /// That of the Close frame which was sent or came first.
  private int closeCode() {
    CloseCode sent = outbox.closeCode();
    CloseStatus came = inbox.ending().status();
    return (sent != null ? sent : came != null ? came.code() : CloseCode.ABNORMAL).value();
  }

  /// Waits for a whole message.
  ///
  /// @return null if the socket was closed in good order by the peer, see [#closeStatus()], or this
  ///   side has begun to close it
  /// @throws WebSocketException if the peer broke the protocol or sent more than is allowed; it has
  ///   been told
  /// @throws IOException if the connection ended without a Close frame, or the peer is dead; the
  ///   status is [CloseCode#ABNORMAL]
  /// @throws IllegalStateException if another thread is receiving
  public @Nullable Message receive() throws IOException {
    return inbox.receive();
  }

  /// Waits for the beginning of a message, to be read as it comes.
  ///
  /// @return null as [#receive()]
  /// @throws IOException as [#receive()]
  public @Nullable MessageInput receiveStream() throws IOException {
    return inbox.receiveStream();
  }

  /// Sends a message. Any thread; blocks until the network has taken it.
  ///
  /// @throws IOException if the socket is closed, by whichever side, or broke
  public void send(Message message) throws IOException {
    inbox.attend();
    outbox.send(message, inbox.willReceiveSoon());
  }

  /// Sends a text: see [#send(Message)].
  public void send(String text) throws IOException {
    send(Message.text(text));
  }

  /// Sends bytes: see [#send(Message)].
  public void send(byte[] bytes) throws IOException {
    send(Message.binary(bytes));
  }

  /// Sends a message that is sent to many: see [#send(Message)].
  public void send(PreparedMessage message) throws IOException {
    inbox.attend();
    outbox.send(message, inbox.willReceiveSoon());
  }

  /// Whether [#tryToSend] may be tried: it need not wait, and somebody reads, so that no other
  /// [sender][#send(PreparedMessage)] has to see to that. Looks, and does nothing.
  boolean canTryToSend() {
    return outbox.canTryToSend() && !inbox.isToBeAttended();
  }

  /// Sends a message without waiting. What then remains to be flushed is for [#flushAll()].
  Delivery tryToSend(PreparedMessage message) throws IOException {
    return outbox.tryToSend(message);
  }

  /// Sends what has been written, by whichever thread. Blocks until the network has taken it.
  void flushAll() throws IOException {
    outbox.flushAll();
  }

  /// Sends messages that are there together, one after the other, in as few writes as they fit.
  ///
  /// @throws IOException as [#send(Message)]; some may then have been sent
  public void sendAll(Iterable<PreparedMessage> messages) throws IOException {
    inbox.attend();
    outbox.send(messages, inbox.willReceiveSoon());
  }

  /// Sends a text of whatever length, in fragments, as it is written. It ends when the writer is
  /// closed; until then all other senders wait. To be used by one thread.
  ///
  /// @throws IOException as [#send(Message)]
  public Writer sendText() throws IOException {
    return new OutputStreamWriter(outbox.beginStream(inbox, true), StandardCharsets.UTF_8);
  }

  /// Sends bytes of whatever number, in fragments, as they are written: see [#sendText()].
  public OutputStream sendBinary() throws IOException {
    return outbox.beginStream(inbox, false);
  }

  /// Sends at once what may have been kept back to leave together with the next answers. The
  /// handler's thread; does nothing on others, who keep nothing back.
  public void flush() throws IOException {
    if (inbox.isOwner()) {
      outbox.flush();
    }
  }

  /// Sends a Ping, which the peer answers by itself. Any thread.
  ///
  /// @param data up to 125 bytes
  /// @throws IOException as [#send(Message)]
  public void ping(byte[] data) throws IOException {
    if (data.length > Opcode.MAX_CONTROL) {
      throw new IllegalArgumentException(
          "the Ping has " + data.length + " bytes: expected up to " + Opcode.MAX_CONTROL);
    }
    outbox.ping(data);
  }

  /// Closes with [CloseCode#NORMAL].
  @Override
  public void close() {
    close(CloseCode.NORMAL, "");
  }

  /// Begins to close: a Close frame is sent behind the message that is being sent, if one is, and
  /// nothing after it. From now on [#receive()] returns null, also one that is blocked: at once on
  /// engines that can wake a reader, and on those that block in the JDK when the peer answers, or
  /// after a second, or half of the close timeout if that is less. The peer's answer is waited for
  /// when the handler has returned, for up to [WebSocketOptions#closeTimeout()]. Any thread; never
  /// waits for the peer; does nothing if the socket is closed or closing.
  ///
  /// @param code one that may be sent: not 1004, 1005, 1006, 1015
  /// @param reason up to 123 bytes in UTF-8
  public void close(CloseCode code, String reason) {
    if (outbox.close(CloseFrame.payload(code, reason))) {
      inbox.wake();
    }
  }

  /// Whether messages can still be sent: neither side has begun to close.
  public boolean isOpen() {
    return outbox.isOpen();
  }

  /// How it ended; null as long as the peer has not closed, nor the connection ended.
  public @Nullable CloseStatus closeStatus() {
    return inbox.ending().status();
  }

  /// The request that asked for it: its fields, path parameters and query.
  public Request request() {
    return agreement.request();
  }

  /// The subprotocol that was chosen, or null.
  public @Nullable String subprotocol() {
    return agreement.subprotocol();
  }

  /// Both ends of the connection.
  public Peer peer() {
    return connection.peer();
  }

  /// The native memory that its compression holds at this moment, in bytes, about. Any thread.
  public long compressionMemory() {
    return outbox.compressionMemory() + inbox.compressionMemory();
  }
}
