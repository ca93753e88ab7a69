package dev.heddle.benchmarks.load;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The processor time of a process, those of its threads that have ended included.
///
/// By the clock that Linux keeps of each process. /proc/PID/stat says the same in steps of a
/// hundredth of a second: too coarse for windows of a second with a server that is half idle.
public interface CpuClock {
  /// Nanoseconds of processor time since the process began.
  ///
  /// @throws IOException when the process is no more
  long nanos() throws IOException;

  /// The clock of a process on this machine.
  static CpuClock ofProcess(long pid) {
    int clockId = (int) (~pid << 3 | Native.SCHEDULED);
    return () -> Native.read(clockId);
  }

  /// Not for others: `clock_gettime(2)` with a `clockid_t` as `clock_getcpuclockid(3)` makes it.
  final class Native {
    private static final int SCHEDULED = 2;
    private static final MemoryLayout TIMESPEC =
        MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final long NANOS_OFFSET = Long.BYTES;
    private static final MethodHandle CLOCK_GETTIME = clockGettime();

    private Native() {}

    @SuppressWarnings("restricted") // the manifest grants it
    private static MethodHandle clockGettime() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("clock_gettime"),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    static long read(int clockId) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment time = arena.allocate(TIMESPEC);
        if ((int) CLOCK_GETTIME.invokeExact(clockId, time) != 0) {
          throw new IOException("the server's process is no more");
        }
        return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
            + time.get(ValueLayout.JAVA_LONG, NANOS_OFFSET);
      } catch (IOException | RuntimeException | Error e) {
        throw e;
      } catch (Throwable impossible) {
        throw new AssertionError(impossible); // C throws nothing
      }
    }
  }
}
