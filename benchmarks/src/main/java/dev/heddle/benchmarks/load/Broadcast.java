package dev.heddle.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A room with all its members connected, and one more that talks, on one thread and one selector.
///
/// Each message carries the time at which it was meant to be sent, so a delivery's latency is known
/// wherever it arrives, and a room that stalls is charged for it. The members of a room get the
/// same bytes, so what one of them has parsed the others only compare.
///
/// Belongs to one thread.
public final class Broadcast implements AutoCloseable {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int OPENING_AT_ONCE = 128;
  private static final int QUIET_MILLIS = 1_000;
  private static final int BUFFER = 256 * 1024;
  private static final int MAX_REMEMBERED = 16 * 1024;

  private final BroadcastPlan plan;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer remembered = ByteBuffer.allocateDirect(MAX_REMEMBERED);
  private final Consumer<SelectionKey> onReady = this::onReady;
  private final List<BroadcastMember> members = new ArrayList<>();
  private final BroadcastMember talker;
  private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
  private @Nullable Heard last;
  private Histogram latency = Tally.newHistogram();
  private int run = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE / 2);
  private int opening;
  private int sent;
  private long delivered;
  private long repeated;

  /// A frame as it came, and what it carries.
  record Heard(ByteBuffer frame, Stamp stamp) {
    boolean startsIn(ByteBuffer bytes) {
      int mismatch = frame.mismatch(bytes);
      return mismatch < 0 ? bytes.remaining() == frame.limit() : mismatch == frame.limit();
    }
  }

  private Broadcast(BroadcastPlan plan) throws IOException {
    this.plan = plan;
    InetSocketAddress server = plan.target().resolve();
    long deadline = System.nanoTime() + plan.timeout().toNanos() + perMember(plan.members());
    for (int number = 0; number < plan.members(); number++) {
      awaitOpening(OPENING_AT_ONCE, deadline);
      members.add(open(server));
    }
    talker = open(server);
    awaitOpening(1, deadline);
  }

  private static long perMember(int members) {
    return TimeUnit.MILLISECONDS.toNanos(members);
  }

  /// Fills a room.
  ///
  /// @throws IOException when not all get in; the message says why
  public static Broadcast open(BroadcastPlan plan) throws IOException {
    return new Broadcast(plan);
  }

  private BroadcastMember open(InetSocketAddress server) throws IOException {
    opening++;
    return new BroadcastMember(this, plan, server, selector);
  }

  /// Returns when fewer than `most` are still opening.
  private void awaitOpening(int most, long deadline) throws IOException {
    while (opening >= most && errors.isEmpty() && System.nanoTime() - deadline < 0) {
      selector.select(onReady, 100);
    }
    if (opening >= most || !errors.isEmpty()) {
      close();
      String reason = errors.isEmpty() ? "timeout" : errors.keySet().iterator().next().label();
      throw new IOException(
          "cannot fill the room at %s: %s after %,d connections"
              .formatted(plan.target(), reason, members.size() - opening));
    }
  }

  private void onReady(SelectionKey key) {
    ((BroadcastMember) key.attachment()).onReady(buffer);
  }

  /// Sends messages at a rate, of which nothing is measured, and waits until the room is quiet. A
  /// member whom the server had not let in when it began has not heard all of them.
  ///
  /// @param perSecond messages, not deliveries
  /// @throws IOException when the selector fails
  public void warmUp(double perSecond, Duration duration) throws IOException {
    begin();
    talk(perSecond, duration, System.nanoTime());
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    while (!complete()
        && System.nanoTime() - deadline < 0
        && selector.select(onReady, QUIET_MILLIS) > 0) {}
  }

  /// Sends messages at a rate, and waits until all members have them, or for the plan's timeout.
  ///
  /// @param perSecond messages, not deliveries
  /// @param serverClock the server's processor time; null when it is not to be shown
  /// @throws IOException when the selector fails, or the server's process has ended
  public BroadcastResult run(double perSecond, Duration duration, @Nullable CpuClock serverClock)
      throws IOException {
    begin();
    long serverCpu = serverClock == null ? 0 : serverClock.nanos();
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    talk(perSecond, duration, start);
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    while (!complete() && System.nanoTime() - deadline < 0) {
      selector.select(onReady, 10);
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new BroadcastResult(
        sent,
        delivered,
        (long) sent * members.size() - delivered,
        repeated,
        latency,
        errors,
        elapsed,
        Duration.ofNanos(SYSTEM.getProcessCpuTime() - cpu),
        Duration.ofNanos(serverClock == null ? -1 : serverClock.nanos() - serverCpu));
  }

  private void talk(double perSecond, Duration duration, long start) throws IOException {
    long interval = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
    int count = Math.max(1, (int) (duration.toNanos() / interval));
    for (int number = 0; number < count && !talker.lost(); number++) {
      long at = start + number * interval;
      listenUntil(at);
      sent++;
      talker.say(plan.message().replace(BroadcastPlan.TEXT, new Stamp(number, at).text(run)));
    }
  }

  private void begin() {
    run++; // what is still under way of the run before counts for nothing
    members.forEach(BroadcastMember::begin);
    talker.begin();
    latency = Tally.newHistogram();
    sent = 0;
    delivered = 0;
    repeated = 0;
    last = null;
  }

  private void listenUntil(long at) throws IOException {
    long left;
    while ((left = at - System.nanoTime()) > 0) {
      long millis = TimeUnit.NANOSECONDS.toMillis(left);
      if (millis > 0) {
        selector.select(onReady, millis);
      } else {
        selector.selectNow(onReady);
      }
    }
  }

  private boolean complete() {
    return delivered == (long) sent * members.size()
        || members.stream().allMatch(member -> member.lost() || member.received() >= sent);
  }

  /// The handshake is over.
  void agreed(BroadcastMember member) {
    opening--;
    if (!plan.join().isEmpty()) {
      member.say(plan.join());
    }
  }

  void delivered(BroadcastMember member, long nanos) {
    if (!member.equals(talker)) {
      delivered++;
      latency.recordValue(Math.clamp(nanos, 0, latency.getHighestTrackableValue()));
    }
  }

  void repeated(BroadcastMember member) {
    if (!member.equals(talker)) {
      repeated++;
    }
  }

  void lost(BroadcastMember member, ErrorKind kind) {
    if (!member.agreed()) {
      opening--;
    }
    errors.merge(kind, 1L, Long::sum);
  }

  /// What this run's messages are marked by.
  int run() {
    return run;
  }

  @Nullable Heard last() {
    return last;
  }

  void remember(ByteBuffer frame, Stamp stamp) {
    if (frame.remaining() <= MAX_REMEMBERED) {
      last = new Heard(remembered.clear().put(frame).flip(), stamp);
    }
  }

  @Override
  public void close() throws IOException {
    selector.keys().forEach(key -> ((BroadcastMember) key.attachment()).close());
    selector.close();
  }
}
