package dev.heddle.http;

import dev.heddle.Connection;
import dev.heddle.ConnectionHandler;
import dev.heddle.ConnectionScope;
import dev.heddle.Observer;
import dev.heddle.ServerOptions;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A server without an engine or a clock of its own: connections run on the test's thread, and time
/// passes when the test says so.
public final class TestScope {
  private final ConnectionScope scope;
  private final Object clock;
  private long nanos;
  private @Nullable Throwable failure;

  public TestScope(ConnectionHandler handler) {
    ServerOptions options = ServerOptions.DEFAULT;
    clock = make("ServerClock", new Class<?>[] {LongSupplier.class}, (LongSupplier) () -> nanos);
    Object permits = make("Permits", new Class<?>[] {int.class, int.class}, 0, 0);
    Object totals = make("Totals", new Class<?>[0]);
    scope =
        (ConnectionScope)
            make(
                "ConnectionScope",
                new Class<?>[] {
                  ConnectionHandler.class,
                  ServerOptions.class,
                  permits.getClass(),
                  clock.getClass(),
                  totals.getClass(),
                  Observer.class
                },
                handler,
                options,
                permits,
                clock,
                totals,
                new Observer() {
                  @Override
                  public void handlerFailed(Connection connection, Throwable cause) {
                    failure = cause;
                  }
                });
  }

  /// Serves one connection with a handler, to its end.
  public static void serve(HttpHandler handler, ScriptedTransport transport) {
    new TestScope(Http1.of(handler)).run(transport);
  }

  public void run(dev.heddle.Transport transport) {
    Connection connection = scope.admit(transport);
    if (connection == null) {
      throw new AssertionError("not admitted");
    }
    scope.run(connection);
    if (failure != null) {
      throw new AssertionError("the codec failed", failure);
    }
  }

  /// Lets time pass, and the deadlines be held.
  public void pass(Duration time) {
    nanos += time.toNanos();
    try {
      Method advance = clock.getClass().getDeclaredMethod("advance");
      advance.setAccessible(true);
      Method sweep = ConnectionScope.class.getDeclaredMethod("sweep", long.class);
      sweep.setAccessible(true);
      sweep.invoke(scope, advance.invoke(clock));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /// Begins to close the server.
  public void drain() {
    call("drain");
    call("endInput");
  }

  private void call(String method) {
    try {
      Method found = ConnectionScope.class.getDeclaredMethod(method);
      found.setAccessible(true);
      found.invoke(scope);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Object make(String name, Class<?>[] types, Object... arguments) {
    try {
      Constructor<?> constructor =
          Class.forName("dev.heddle." + name).getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
