package dev.heddle.backend;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What we take from inside the JDK, where it is open to us: virtual threads that an [Executor] of
/// ours carries, by the constructor `java.lang.ThreadBuilders$VirtualThreadBuilder(Executor)`,
/// which JDK 25 keeps for its own tests; the scheduler of all other virtual threads; and the
/// pollers that wait for their reads, with the door by which channels wait at them. The one class
/// that touches internals.
public final class JdkInternals {
  private static final @Nullable Constructor<?> BUILDER =
      open(
          () ->
              Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                  .getDeclaredConstructor(Executor.class));

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private JdkInternals() {}

  /// Whether virtual threads can be [made][#virtualThreadsOn].
  public static boolean areOpen() {
    return BUILDER != null;
  }

  /// What to add to the command line if not.
  public static String howToOpen() {
    return "--add-opens java.base/java.lang=" + us();
  }

  /// Whether the [#readPollers] can be seen and can carry such threads, if they are threads of the
  /// system.
  public static boolean pollersAreOpen() {
    return areOpen()
        && open(() -> poller().getDeclaredField("map")) != null
        && ChannelPark.isOpen();
  }

  /// What to add to the command line for virtual threads that a poller carries.
  public static String howToOpenPollers() {
    return howToOpen() + " --add-opens java.base/sun.nio.ch=" + us();
  }

  /// The name by which the command line opens something to this code.
  public static String us() {
    Module module = JdkInternals.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  /// A builder of virtual threads that run on `carrier`, which must run tasks on platform threads.
  ///
  /// @throws IllegalStateException if it is not open
  public static Thread.Builder.OfVirtual virtualThreadsOn(Executor carrier) {
    if (BUILDER == null) {
      throw new IllegalStateException("closed: start the JVM with " + howToOpen());
    }
    try {
      Thread.Builder.OfVirtual builder = (Thread.Builder.OfVirtual) BUILDER.newInstance(carrier);
      return builder.inheritInheritableThreadLocals(false);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK refuses a scheduler for virtual threads", e);
    }
  }

  /// The scheduler that carries virtual threads unless somebody asks for another; null if it is not
  /// open.
  public static @Nullable ForkJoinPool scheduler() {
    Field scheduler =
        open(() -> Class.forName("java.lang.VirtualThread").getDeclaredField("DEFAULT_SCHEDULER"));
    try {
      return scheduler != null && scheduler.get(null) instanceof ForkJoinPool pool ? pool : null;
    } catch (IllegalAccessException e) {
      return null;
    }
  }

  /// A thread of the system that waits for the reads of virtual threads.
  ///
  /// @param waiting the threads that it is to wake: the JDK's own view, which changes as they come
  ///   and go
  public record ReadPoller(Thread thread, Collection<Thread> waiting) {}

  /// The JDK's pollers for reads, which this starts; none if they are not open, or if they are no
  /// threads of the system (mode 2).
  public static List<ReadPoller> readPollers() {
    Method all = open(() -> poller().getDeclaredMethod("readPollers"));
    Field owner = open(() -> poller().getDeclaredField("owner"));
    Field map = open(() -> poller().getDeclaredField("map"));
    if (all == null || owner == null || map == null) {
      return List.of();
    }
    try {
      List<ReadPoller> pollers = new ArrayList<>();
      for (Object poller : (List<?>) all.invoke(null)) {
        Thread thread = owner(owner, poller);
        if (thread == null || thread.isVirtual()) {
          return List.of();
        }
        pollers.add(new ReadPoller(thread, waiting(Objects.requireNonNull(map.get(poller)))));
      }
      return pollers;
    } catch (ReflectiveOperationException | ClassCastException e) {
      return List.of();
    }
  }

  /// The number by which the pollers know a channel.
  ///
  /// @throws IllegalStateException if the pollers are not [open][#pollersAreOpen()]
  public static int numberOf(SocketChannel channel) {
    return ChannelPark.numberOf(channel);
  }

  /// Has the calling virtual thread wait at the JDK's poller until a channel has something to be
  /// read, as the channel's own reads do. It returns for any other reason, too, as
  /// [java.util.concurrent.locks.LockSupport#park()] does. The channel must be open, and must not
  /// be closed before this has returned: the poller would take this thread for one of whoever has
  /// the number next.
  ///
  /// The frames below a waiting thread are copied whenever it goes on: hence as few as can be.
  ///
  /// @param channel its [number][#numberOf]
  public static void awaitReadable(int channel) throws IOException {
    try {
      ChannelPark.POLL.invokeExact(channel, ChannelPark.READABLE, 0L, ChannelPark.OPEN);
    } catch (Throwable e) {
      throw ChannelPark.failure(e);
    }
  }

  /// As [#awaitReadable], until the channel takes something to be written.
  public static void awaitWritable(int channel) throws IOException {
    try {
      ChannelPark.POLL.invokeExact(channel, ChannelPark.WRITABLE, 0L, ChannelPark.OPEN);
    } catch (Throwable e) {
      throw ChannelPark.failure(e);
    }
  }

  /// Not initialised: that would start the pollers.
  private static Class<?> poller() throws ClassNotFoundException {
    return Class.forName("sun.nio.ch.Poller", false, null);
  }

  /// A poller knows its thread when that has begun to run.
  private static @Nullable Thread owner(Field owner, Object poller) throws IllegalAccessException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Object thread = owner.get(poller);
    while (thread == null && System.nanoTime() < end) {
      Thread.onSpinWait();
      thread = owner.get(poller);
    }
    return (Thread) thread;
  }

  @SuppressWarnings("unchecked") // declared so in sun.nio.ch.Poller
  private static Collection<Thread> waiting(Object map) {
    return ((Map<Integer, Thread>) map).values();
  }

  /// How channels wait at the pollers. A class of its own, as only who needs it is to pay for it.
  private static final class ChannelPark {
    static final BooleanSupplier OPEN = () -> true;
    static final int READABLE = event("POLLIN");
    static final int WRITABLE = event("POLLOUT");

    /// `sun.nio.ch.Poller.poll(int fdVal, int event, long nanos, BooleanSupplier isOpen)`.
    static final MethodHandle POLL;

    /// `sun.nio.ch.SelChImpl.getFDVal()`, of a [SocketChannel].
    private static final MethodHandle NUMBER;

    private static final boolean FOUND;

    static {
      MethodHandle poll =
          handle(
              () ->
                  poller()
                      .getDeclaredMethod(
                          "poll", int.class, int.class, long.class, BooleanSupplier.class));
      MethodHandle number =
          handle(() -> Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal"));
      FOUND = poll != null && number != null;
      MethodType ofPoll =
          MethodType.methodType(
              void.class, int.class, int.class, long.class, BooleanSupplier.class);
      MethodType ofNumber = MethodType.methodType(int.class, SocketChannel.class);
      POLL = poll != null ? poll : MethodHandles.empty(ofPoll);
      NUMBER = (number != null ? number : MethodHandles.empty(ofNumber)).asType(ofNumber);
    }

    private ChannelPark() {}

    static boolean isOpen() {
      return FOUND && READABLE != 0 && WRITABLE != 0;
    }

    static int numberOf(SocketChannel channel) {
      if (!isOpen()) {
        throw new IllegalStateException("closed: start the JVM with " + howToOpenPollers());
      }
      try {
        return (int) NUMBER.invokeExact(channel);
      } catch (Throwable e) {
        throw new IllegalStateException("this JDK has no number for a channel", e);
      }
    }

    private static @Nullable MethodHandle handle(Lookup<Method> lookup) {
      Method found = open(lookup);
      try {
        return found == null ? null : MethodHandles.lookup().unreflect(found);
      } catch (IllegalAccessException e) {
        return null;
      }
    }

    /// The system's number for an event, by its name in `sun.nio.ch.Net`; 0 if that is not open.
    private static int event(String name) {
      Field event = open(() -> Class.forName("sun.nio.ch.Net").getField(name));
      try {
        return event == null ? 0 : event.getShort(null);
      } catch (IllegalAccessException e) {
        return 0;
      }
    }

    /// What to throw for what a wait has thrown.
    static IOException failure(Throwable thrown) {
      return switch (thrown) {
        case IOException e -> e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException("this JDK refuses to wait", thrown);
      };
    }
  }

  @FunctionalInterface
  private interface Lookup<T> {
    T get() throws ReflectiveOperationException;
  }

  private static <T extends AccessibleObject> @Nullable T open(Lookup<T> lookup) {
    try {
      T found = lookup.get();
      found.setAccessible(true);
      return found;
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }
}
