package dev.heddle.benchmarks.soak;

import dev.heddle.benchmarks.load.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/// Peers that come and go, each a virtual thread, each connection with a [Behaviour] of its own.
///
/// The same seed makes the same peers; how they meet on the wire is up to the machine.
final class Chaos {
  private static final int MOST_FAULTS = 100;

  private final InetSocketAddress server;
  private final Dialect dialect;
  private final int peers;
  private final int timeoutMillis;
  private final long seed;
  private final Map<Behaviour, LongAdder> played = new EnumMap<>(Behaviour.class);
  private final List<String> faults = new CopyOnWriteArrayList<>(); // written by any peer

  Chaos(Target target, int peers, Duration timeout, long seed) throws IOException {
    server = new InetSocketAddress(InetAddress.getByName(target.host()), target.port());
    dialect = Dialect.of(target);
    this.peers = peers;
    timeoutMillis = Math.toIntExact(timeout.toMillis());
    this.seed = seed;
    for (Behaviour behaviour : Behaviour.values()) {
      played.put(behaviour, new LongAdder());
    }
  }

  /// Lets the peers come and go until the time is up, and returns when the last is gone.
  void rage(Timekeeper time) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int peer = 0; peer < peers; peer++) {
        SplittableRandom random = new SplittableRandom(seed + peer);
        var _ = threads.submit(() -> live(random, time));
      }
      time.keep();
    }
  }

  private void live(SplittableRandom random, Timekeeper time) {
    Behaviour[] all = Behaviour.values();
    try {
      while (time.awaitTurn() && !Thread.currentThread().isInterrupted()) {
        meet(all[random.nextInt(all.length)], random.split());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void meet(Behaviour behaviour, SplittableRandom random) {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(timeoutMillis);
      socket.connect(server, timeoutMillis);
      behaviour.play(socket, dialect, random);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      if (behaviour.isInnocent()) {
        note(behaviour + ": " + failure);
      }
    }
    count(behaviour);
  }

  private void note(String fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    }
  }

  private void count(Behaviour behaviour) {
    LongAdder adder = played.get(behaviour);
    if (adder != null) {
      adder.increment();
    }
  }

  /// How many connections of each kind there were.
  Map<Behaviour, LongAdder> played() {
    return played;
  }

  /// What peers that had a right to a reply got instead, some of it.
  List<String> faults() {
    return faults;
  }
}
