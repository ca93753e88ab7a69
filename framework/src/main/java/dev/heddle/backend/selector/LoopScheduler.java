package dev.heddle.backend.selector;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Makes virtual threads that an [Executor] of ours carries. The one class that touches internals
/// of the JDK: the constructor `java.lang.ThreadBuilders$VirtualThreadBuilder(Executor)`, which JDK
/// 25 keeps for its own tests.
final class LoopScheduler {
  private static final String BUILDER = "java.lang.ThreadBuilders$VirtualThreadBuilder";
  private static final @Nullable Constructor<?> CONSTRUCTOR = constructor();

  private LoopScheduler() {}

  /// Whether this JDK has the constructor, open to us.
  static boolean isAvailable() {
    return CONSTRUCTOR != null;
  }

  /// What to add to the command line if it is not.
  static String howToOpen() {
    return "--add-opens java.base/java.lang=" + us();
  }

  /// The name by which the command line opens something to this code.
  static String us() {
    Module module = LoopScheduler.class.getModule();
    return module.isNamed() ? module.getName() : "ALL-UNNAMED";
  }

  /// A builder of virtual threads that run on `carrier`, which must run tasks one after the other
  /// on platform threads.
  ///
  /// @throws IllegalStateException if it is not available
  static Thread.Builder.OfVirtual builder(Executor carrier) {
    if (CONSTRUCTOR == null) {
      throw new IllegalStateException("closed: start the JVM with " + howToOpen());
    }
    try {
      Thread.Builder.OfVirtual builder =
          (Thread.Builder.OfVirtual) CONSTRUCTOR.newInstance(carrier);
      return builder.inheritInheritableThreadLocals(false);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK refuses a scheduler for virtual threads", e);
    }
  }

  private static @Nullable Constructor<?> constructor() {
    try {
      Constructor<?> constructor = Class.forName(BUILDER).getDeclaredConstructor(Executor.class);
      constructor.setAccessible(true);
      return constructor;
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }
}
