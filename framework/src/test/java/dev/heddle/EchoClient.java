package dev.heddle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Many clients of an echo server at once, each on a virtual thread, each with bytes of its own by
/// a seed, each checking every byte that comes back.
record EchoClient(SocketAddress server, long seed) {

  /// Opens all connections, and then sends on each `rounds` messages of up to `longest` bytes,
  /// `inFlight` of them before the first comes back.
  void run(int connections, int rounds, int inFlight, int longest) throws Exception {
    CountDownLatch connected = new CountDownLatch(connections);
    List<Future<?>> clients = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        Random random = new Random(seed + i);
        clients.add(
            threads.submit(
                () -> {
                  converse(connected, random, rounds, inFlight, longest);
                  return true;
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed + ": " + e.getCause(), e.getCause());
    }
  }

  private void converse(
      CountDownLatch connected, Random random, int rounds, int inFlight, int longest)
      throws IOException, InterruptedException {
    try (SocketChannel channel = SocketChannel.open(server)) {
      connected.countDown();
      connected.await();
      for (int round = 0; round < rounds; round += inFlight) {
        exchange(channel, messages(random, Math.min(inFlight, rounds - round), longest));
      }
      channel.shutdownOutput();
      if (channel.read(ByteBuffer.allocate(1)) >= 0) {
        throw new AssertionError("more came back than was sent");
      }
    }
  }

  private static byte[] messages(Random random, int count, int longest) {
    int length = 0;
    for (int i = 0; i < count; i++) {
      length += 1 + random.nextInt(longest);
    }
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Sends on a thread of its own, so that neither side waits for the other if it is much.
  private static void exchange(SocketChannel channel, byte[] bytes)
      throws IOException, InterruptedException {
    Thread sender = null;
    if (bytes.length > 32 * 1024) {
      sender = Thread.startVirtualThread(() -> send(channel, bytes));
    } else {
      send(channel, bytes);
    }
    ByteBuffer back = ByteBuffer.allocate(bytes.length);
    while (back.hasRemaining()) {
      if (channel.read(back) < 0) {
        throw new AssertionError(
            "the stream ended after " + back.position() + " of " + bytes.length);
      }
    }
    if (!Arrays.equals(back.array(), bytes)) {
      throw new AssertionError("byte " + Arrays.mismatch(back.array(), bytes) + " differs");
    }
    if (sender != null) {
      sender.join();
    }
  }

  private static void send(SocketChannel channel, byte[] bytes) {
    try {
      ByteBuffer src = ByteBuffer.wrap(bytes);
      while (src.hasRemaining()) {
        channel.write(src);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
