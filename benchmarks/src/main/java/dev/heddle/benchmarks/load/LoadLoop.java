package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One thread's share of the generator: a selector and the connections on it.
///
/// All methods belong to that thread, but [#progress()].
final class LoadLoop implements AutoCloseable {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// How many ready connections are looked at before they are served: at most 64.
  private static final int LOOK_AHEAD = 32;

  private final int firstNumber;
  private final long timeoutNanos;
  private final long sweepNanos; // at least between sweeps, as each goes through all connections
  private final Exchange exchange;
  private final Selector selector;
  private final Opener opener;
  private final SourceAddresses sources;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(RequestStream.MAX_SLICE);
  private final Conversation[] conversations;
  private final @Nullable LoadConnection[] connections;
  private final Consumer<SelectionKey> collect = this::collect;
  private final List<LoadConnection> ready = new ArrayList<>();
  private final AtomicLong progress = new AtomicLong(); // read by any thread

  private Tally tally = new Tally();
  private boolean reopens;
  private long end;
  private int underWay;
  private long lastRead;
  private long nextSweep;

  /// @param firstNumber the number of this loop's first connection among those of the whole plan
  /// @param count how many connections this loop drives
  LoadLoop(LoadPlan plan, InetSocketAddress server, int firstNumber, int count) throws IOException {
    this.firstNumber = firstNumber;
    timeoutNanos = plan.timeout().toNanos();
    sweepNanos = Math.max(TURN_NANOS, timeoutNanos / 5);
    exchange = plan.newExchange();
    selector = Selector.open();
    opener = new Opener(plan, count, place -> open(place, server));
    sources = SourceAddresses.towards(server, plan.connections());
    connections = new LoadConnection[count];
    conversations = new Conversation[count];
    for (int place = 0; place < count; place++) {
      conversations[place] = new Conversation(place, plan.pipeline());
    }
  }

  /// Opens all connections, each once, and returns when each is open or has failed.
  Tally openAll() throws IOException {
    tally = new Tally();
    for (int place = 0; place < connections.length; place++) {
      opener.add(place, System.nanoTime());
    }
    nextSweep = System.nanoTime() + sweepNanos;
    runWhileBusy();
    return tally;
  }

  /// Runs one window and returns when all its replies are there, or overdue.
  Tally run(Window window) throws IOException {
    begin(window);
    switch (window.pace()) {
      case Pace.OpenLoop open -> runOpenLoop(window, open);
      case Pace.ClosedLoop _, Pace.Silent _ -> runClosedLoop();
      case Pace.Once _ -> {}
    }
    finish();
    return tally;
  }

  private void begin(Window window) {
    tally = new Tally();
    end = window.end();
    reopens = window.reopens();
    nextSweep = window.start() + sweepNanos;
    Timetable timetable = window.timetable(firstNumber, connections.length);
    for (int place = 0; place < connections.length; place++) {
      conversations[place].begin(timetable);
      LoadConnection connection = connections[place];
      if (connection != null) {
        connection.send(System.nanoTime());
      } else if (reopens) {
        opener.add(place, window.start());
      }
    }
  }

  private void runClosedLoop() throws IOException {
    long now;
    while ((now = System.nanoTime()) - end < 0) {
      turn(now, end - now);
    }
  }

  private void runOpenLoop(Window window, Pace.OpenLoop pace) throws IOException {
    double interval = window.interval(pace, connections.length);
    long start = window.loopStart(pace, firstNumber, connections.length);
    long cursor = 0;
    long now;
    while ((now = System.nanoTime()) - end < 0) {
      long at;
      while ((at = start + (long) (cursor * interval)) - now <= 0) {
        sendOnTime((int) (cursor % connections.length), at);
        cursor++;
      }
      turn(now, at - now);
    }
  }

  private void sendOnTime(int place, long at) {
    LoadConnection connection = connections[place];
    if (connection != null) {
      long now = System.nanoTime();
      if (connection.send(now) > 0) {
        tally.sentLate(now - at);
      }
    }
  }

  private void finish() throws IOException {
    for (int place = 0; place < connections.length; place++) {
      LoadConnection connection = connections[place];
      if (connection != null) {
        connection.send(System.nanoTime()); // what fell due since the last turn
      }
      conversations[place].stop(end, tally::unsent);
    }
    reopens = false;
    runWhileBusy();
    for (Conversation conversation : conversations) {
      if (conversation.starved()) {
        tally.starved++;
      }
    }
  }

  private void runWhileBusy() throws IOException {
    while (underWay > 0 || opener.isBusy()) {
      turn(System.nanoTime(), TURN_NANOS);
    }
  }

  private void turn(long now, long nanos) throws IOException {
    opener.openDue(now);
    if (now - nextSweep >= 0) {
      sweep(now);
    }
    select(Math.min(nanos, Math.min(opener.untilNext(now), TURN_NANOS)));
    progress.lazySet(tally.answered);
  }

  /// Waits for at most `nanos`. Spins through the last millisecond, as a selector knows no shorter
  /// time.
  private void select(long nanos) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    if (millis < 1) {
      selector.selectNow(collect);
    } else {
      selector.select(collect, millis);
    }
    for (int from = 0; from < ready.size(); from += LOOK_AHEAD) {
      serve(ready.subList(from, Math.min(from + LOOK_AHEAD, ready.size())));
    }
    ready.clear();
  }

  private void collect(SelectionKey key) {
    ready.add((LoadConnection) key.attachment());
  }

  /// Serves connections that are ready.
  ///
  /// All are looked at before one is served: so what belongs to them comes into the processor's
  /// cache side by side, where each would wait for its own behind the system calls of the one
  /// before.
  private static void serve(List<LoadConnection> ready) {
    long readable = 0; // a bit each
    for (int i = 0; i < ready.size(); i++) {
      if (ready.get(i).awaitsReply()) {
        readable |= 1L << i;
      }
    }
    for (int i = 0; i < ready.size(); i++) {
      LoadConnection connection = ready.get(i);
      if ((readable & 1L << i) != 0) {
        connection.onReadable();
      } else {
        connection.onReady();
      }
    }
  }

  private void sweep(long now) {
    long longest = 0;
    for (LoadConnection connection : connections) {
      if (connection != null) {
        long waited = connection.waited(now);
        if (waited > timeoutNanos) {
          connection.timedOut();
        } else {
          longest = Math.max(longest, waited);
        }
      }
    }
    // No connection is overdue before the one that has waited longest.
    nextSweep = now + Math.max(sweepNanos, timeoutNanos - longest);
  }

  private void open(int place, InetSocketAddress server) {
    try {
      LoadConnection connection =
          LoadConnection.open(this, place, sources.of(firstNumber + place), server);
      connections[place] = connection;
      if (connection.isConnected()) {
        connection.connected();
      }
    } catch (IOException failure) {
      opener.ended();
      lose(place, ErrorKind.ofConnect(failure));
    }
  }

  void opened() {
    opener.ended();
  }

  void failed(LoadConnection connection, ErrorKind kind) {
    if (connection.isOpening()) {
      opener.ended();
    }
    lose(connection.place(), kind);
  }

  private void lose(int place, ErrorKind kind) {
    long now = System.nanoTime();
    tally.error(kind);
    connections[place] = null;
    underWay -= conversations[place].abandon(now);
    if (reopens) {
      opener.add(place, now + RETRY_NANOS);
    }
  }

  /// The server closed the connection as it said it would: what it left unanswered is asked again.
  void closedInOrder(LoadConnection connection) {
    int place = connection.place();
    connections[place] = null;
    if (reopens || conversations[place].underWay() > 0) {
      tally.reconnects++;
      opener.add(place, System.nanoTime());
    }
  }

  void sent(int messages) {
    underWay += messages;
  }

  /// Takes the time of a connection's read, which has just returned.
  long noteRead() {
    lastRead = System.nanoTime();
    return lastRead;
  }

  /// When a connection last read: replies are timed by the read that brought their end.
  long lastRead() {
    return lastRead;
  }

  /// So many messages that were meant to be sent at `intended` are answered by the last read.
  void answered(int messages, long intended) {
    underWay -= messages;
    tally.answered(messages, lastRead - intended, lastRead - end >= 0);
  }

  void answeredWrong(ErrorKind kind) {
    underWay--;
    tally.error(kind);
  }

  int numberOf(int place) {
    return firstNumber + place;
  }

  Conversation conversation(int place) {
    return conversations[place];
  }

  Exchange exchange() {
    return exchange;
  }

  Selector selector() {
    return selector;
  }

  /// Where all connections read to, one after another.
  ByteBuffer buffer() {
    return buffer;
  }

  Tally tally() {
    return tally;
  }

  /// How many connections are open.
  int alive() {
    int alive = 0;
    for (LoadConnection connection : connections) {
      if (connection != null) {
        alive++;
      }
    }
    return alive;
  }

  /// How many replies this window has had so far. May be called from any thread.
  long progress() {
    return progress.get();
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection connection : connections) {
      if (connection != null) {
        connection.close();
      }
    }
    selector.close();
  }
}
