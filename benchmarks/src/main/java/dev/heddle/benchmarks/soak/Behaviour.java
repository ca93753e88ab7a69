package dev.heddle.benchmarks.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.random.RandomGenerator;

/// How a peer behaves on one connection.
enum Behaviour {
  /// Sends messages and waits for each reply, which is checked.
  PROPER {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      dialect.begin(in, out);
      for (int left = 1 + random.nextInt(MESSAGES); left > 0; left--) {
        byte[] message = dialect.message(random);
        out.write(message);
        dialect.readReply(in, message);
      }
    }
  },

  /// Sends several messages before it reads the first reply.
  PIPELINING {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      dialect.begin(in, out);
      byte[][] messages = new byte[1 + random.nextInt(MESSAGES)][];
      for (int i = 0; i < messages.length; i++) {
        messages[i] = dialect.message(random);
        out.write(messages[i]);
      }
      for (byte[] message : messages) {
        dialect.readReply(in, message);
      }
    }
  },

  /// Sends bytes that mean nothing, and reads whatever comes.
  INVALID {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      byte[] noise = new byte[1 + random.nextInt(NOISE)];
      random.nextBytes(noise);
      socket.getOutputStream().write(noise);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  },

  /// Sends a right message with some bytes changed.
  MUTATING {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      dialect.begin(socket.getInputStream(), socket.getOutputStream());
      byte[] message = dialect.message(random);
      for (int left = 1 + random.nextInt(4); left > 0; left--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt();
      }
      socket.getOutputStream().write(message);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  },

  /// Sends a byte at a time, with pauses, and leaves in the middle.
  SLOW {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random)
        throws IOException, InterruptedException {
      byte[] message = first(dialect, random);
      for (int at = 0; at < Math.min(message.length, SLOW_BYTES); at++) {
        socket.getOutputStream().write(message[at]);
        pause(random, 20);
      }
    }
  },

  /// Ends its own side after a message, and reads to the end.
  HALF_CLOSING {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      dialect.begin(socket.getInputStream(), socket.getOutputStream());
      byte[] message = dialect.message(random);
      socket.getOutputStream().write(message);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }
  },

  /// Resets the connection in the middle of something.
  RESETTING {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random) throws IOException {
      byte[] message = first(dialect, random);
      socket.getOutputStream().write(message, 0, random.nextInt(message.length + 1));
      socket.setSoLinger(true, 0);
    }
  },

  /// Says nothing any more, and is gone later without a word: the server hears of it by a reset.
  VANISHING {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random)
        throws IOException, InterruptedException {
      byte[] message = first(dialect, random);
      socket.getOutputStream().write(message, 0, random.nextInt(message.length + 1));
      pause(random, 3_000);
      socket.setSoLinger(true, 0);
    }
  },

  /// Sends message after message and reads none of the replies.
  DEAF {
    @Override
    void play(Socket socket, Dialect dialect, RandomGenerator random)
        throws IOException, InterruptedException {
      socket.setReceiveBufferSize(SMALL_BUFFER);
      dialect.begin(socket.getInputStream(), socket.getOutputStream());
      for (int left = random.nextInt(MESSAGES); left > 0; left--) {
        socket.getOutputStream().write(dialect.message(random));
      }
      pause(random, 500);
    }
  };

  private static final int MESSAGES = 50;
  private static final int NOISE = 5_000;
  private static final int SLOW_BYTES = 100;
  private static final int SMALL_BUFFER = 4_096;

  /// Plays this part on an open connection, which is closed after.
  ///
  /// @throws Dialect.WrongReplyException when the server answered wrongly
  /// @throws IOException when the connection broke, as it may for those who deserve it
  abstract void play(Socket socket, Dialect dialect, RandomGenerator random)
      throws IOException, InterruptedException;

  /// Whether the server owes this peer right replies.
  boolean isInnocent() {
    return switch (this) {
      case PROPER, PIPELINING -> true;
      case INVALID, MUTATING, SLOW, HALF_CLOSING, RESETTING, VANISHING, DEAF -> false;
    };
  }

  private static byte[] first(Dialect dialect, RandomGenerator random) {
    byte[] greeting = dialect.greeting();
    return greeting.length > 0 ? greeting : dialect.message(random);
  }

  private static void pause(RandomGenerator random, int atMostMillis) throws InterruptedException {
    Thread.sleep(random.nextInt(atMostMillis));
  }
}
