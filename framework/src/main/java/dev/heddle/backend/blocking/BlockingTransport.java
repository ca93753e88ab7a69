package dev.heddle.backend.blocking;

import dev.heddle.Peer;
import dev.heddle.Transport;
import dev.heddle.backend.Gathering;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/// A connection over a channel in blocking mode: the JDK blocks the calling thread, whatever kind
/// of thread that is.
class BlockingTransport implements Transport {
  final SocketChannel channel;
  private final Peer peer;

  BlockingTransport(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress());
  }

  @Override
  public boolean awaitReadable() throws IOException {
    return false;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    return channel.read(dst);
  }

  @Override
  public void write(ByteBuffer... srcs) throws IOException {
    while (Gathering.haveRemaining(srcs)) {
      if (srcs.length == 1) {
        channel.write(srcs[0]);
      } else {
        channel.write(srcs);
      }
    }
  }

  @Override
  public void writeFile(FileChannel file, long position, long count) throws IOException {
    for (long sent = 0; sent < count; ) {
      long written = file.transferTo(position + sent, count - sent, channel);
      if (written == 0 && position + sent >= file.size()) {
        throw new EOFException("the file ends " + (count - sent) + " bytes early");
      }
      sent += written;
    }
  }

  @Override
  public void shutdownInput() {
    try {
      channel.shutdownInput();
    } catch (ClosedChannelException e) {
      // closed: nothing will be read
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // closed all the same
    }
  }

  @Override
  public Peer peer() {
    return peer;
  }
}
