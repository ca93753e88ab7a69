package dev.heddle.launcher;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this process takes of the machine.
///
/// @param cpuNanos time on cores since it started, in nanoseconds
/// @param memory resident bytes; where the system does not tell, those of the heap in use
/// @param descriptors open now; -1 where the system does not tell
/// @param descriptorLimit how many may be open; -1 where the system does not tell
record ProcessUsage(long cpuNanos, long memory, long descriptors, long descriptorLimit) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern RESIDENT =
      Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);

  static ProcessUsage now() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    if (system instanceof UnixOperatingSystemMXBean unix) {
      return new ProcessUsage(
          unix.getProcessCpuTime(),
          residentMemory(),
          unix.getOpenFileDescriptorCount(),
          unix.getMaxFileDescriptorCount());
    }
    return new ProcessUsage(system.getProcessCpuTime(), residentMemory(), -1, -1);
  }

  private static long residentMemory() {
    try {
      Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
      if (resident.find()) {
        return Long.parseLong(resident.group(1)) * 1024;
      }
    } catch (IOException e) {
      // No Linux.
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
