package dev.heddle.backend.helidon;

import dev.heddle.Connection;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// A connection of ours as Helidon's HTTP sees it. It ends the connection by returning.
final class StackConnection implements ConnectionContext {
  private final Connection connection;
  private final StackListener listener;
  private final DataReader reader;
  private final DataWriter writer;

  StackConnection(Connection connection, StackListener listener) {
    this.connection = connection;
    this.listener = listener;
    this.reader = DataReader.create(this::read);
    this.writer = new StackWriter(connection);
  }

  /// What has come, as an array that is the reader's from then on; null at the end of the stream.
  private byte @Nullable [] read() {
    try {
      if (!connection.buffered().hasRemaining() && !connection.fill()) {
        return null;
      }
    } catch (IOException e) {
      throw new ServerConnectionException("can't read", e);
    }
    ByteBuffer buffered = connection.buffered();
    byte[] bytes = new byte[buffered.remaining()];
    buffered.get(bytes);
    return bytes;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public Router router() {
    return listener.router();
  }

  @Override
  public ListenerContext listenerContext() {
    return listener;
  }

  @Override
  public ExecutorService executor() {
    return listener.executor();
  }

  @Override
  public PeerInfo remotePeer() {
    return StackPeer.remote(connection);
  }

  @Override
  public PeerInfo localPeer() {
    return StackPeer.local(connection);
  }

  @Override
  public boolean isSecure() {
    return connection.tls() != null;
  }

  @Override
  public String socketId() {
    return "heddle";
  }

  @Override
  public String childSocketId() {
    return HexFormat.of().toHexDigits(System.identityHashCode(connection));
  }
}
