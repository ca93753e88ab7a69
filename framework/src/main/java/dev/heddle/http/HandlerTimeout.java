package dev.heddle.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Interrupts a handler that takes too long, and answers in its place with 503.
///
/// What an interrupt does is the same on every backend, as each handler has a thread to itself, for
/// as long as it takes: what waits for a lock, a queue or a sleep throws [InterruptedException],
/// and the client has its 503; what reads or writes a socket or file by a channel loses that
/// channel, and if it was reading the request's own body, the connection ends without an answer;
/// what computes, or waits in native code or in `synchronized`, goes on, and the 503 is late until
/// it has ended.
///
/// The time is that of the handler, not that of sending what it returned.
public final class HandlerTimeout implements HttpHandler {
  private static final Logger LOG = System.getLogger("dev.heddle.http");

  private final HttpHandler handler;
  private final long nanos;

  private HandlerTimeout(HttpHandler handler, Duration limit) {
    this.handler = Objects.requireNonNull(handler);
    this.nanos = limit.toNanos();
  }

  /// Gives a handler so much time; zero: any time.
  public static HttpHandler of(HttpHandler handler, Duration limit) {
    return limit.isZero() ? handler : new HandlerTimeout(handler, limit);
  }

  @Override
  public Response handle(Request request) throws Exception {
    Alarm alarm = new Alarm(Thread.currentThread());
    Future<?> set = ForkJoinPool.commonPool().schedule(alarm::ring, nanos, TimeUnit.NANOSECONDS);
    try {
      Response response = handler.handle(request);
      return alarm.silence() ? response : tooLate(request);
    } catch (Throwable e) {
      if (alarm.silence()) {
        throw e;
      }
      LOG.log(Level.DEBUG, () -> "the handler of " + request + " was interrupted: " + e);
      return tooLate(request);
    } finally {
      set.cancel(false);
    }
  }

  private Response tooLate(Request request) {
    LOG.log(
        Level.WARNING,
        () -> "the handler of " + request + " took longer than " + Duration.ofNanos(nanos));
    return Response.text(Status.SERVICE_UNAVAILABLE, "503 Service Unavailable\n");
  }

  /// Interrupts a thread, but not what that does next.
  private record Alarm(Thread thread, AtomicReference<State> state) {
    private enum State {
      SET,
      RINGING,
      RUNG,
      SILENCED
    }

    Alarm(Thread thread) {
      this(thread, new AtomicReference<>(State.SET));
    }

    void ring() {
      if (state.compareAndSet(State.SET, State.RINGING)) {
        thread.interrupt();
        state.set(State.RUNG);
      }
    }

    /// Ends it, and takes back an interrupt that nobody has noticed.
    ///
    /// @return whether it did not ring
    boolean silence() {
      if (state.compareAndSet(State.SET, State.SILENCED)) {
        return true;
      }
      while (state.get() != State.RUNG) {
        Thread.onSpinWait();
      }
      boolean _ = Thread.interrupted();
      return false;
    }
  }
}
