package dev.heddle.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.heddle.metrics.PrometheusText.Type;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this process takes of the machine, under the names that Prometheus's own clients use. What
/// the system does not tell is left out.
///
/// Threading: any thread.
public final class ProcessMetrics implements MetricSource {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern SIZE =
      Pattern.compile("^Vm(RSS|Size):\\s+(\\d+) kB$", Pattern.MULTILINE);

  /// The metrics of this process.
  public ProcessMetrics() {}

  @Override
  public void writeTo(PrometheusText out) {
    writeTimes(out);
    writeDescriptors(out);
    writeSizes(out);
    writeThreads(out);
    writeHeap(out);
    writeCollections(out);
  }

  private static void writeTimes(PrometheusText out) {
    RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
    out.family("process_cpu_seconds_total", Type.COUNTER, "Time on cores, user and system.");
    out.sample(system().getProcessCpuTime() / 1e9);
    out.family("process_start_time_seconds", Type.GAUGE, "When it began, since 1970 in UTC.");
    out.sample(runtime.getStartTime() / 1e3);
    out.family("process_uptime_seconds", Type.GAUGE, "How long it has run.");
    out.sample(runtime.getUptime() / 1e3);
    out.family("jvm_info", Type.GAUGE, "Always 1; its labels say which JVM runs.");
    out.sample(1, "version", runtime.getVmVersion(), "vendor", runtime.getVmVendor());
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private static void writeDescriptors(PrometheusText out) {
    if (system() instanceof UnixOperatingSystemMXBean unix) {
      out.family("process_open_fds", Type.GAUGE, "Descriptors open now.");
      out.sample(unix.getOpenFileDescriptorCount());
      out.family("process_max_fds", Type.GAUGE, "Descriptors that may be open.");
      out.sample(unix.getMaxFileDescriptorCount());
    }
  }

  private static void writeSizes(PrometheusText out) {
    try {
      Matcher size = SIZE.matcher(Files.readString(STATUS));
      while (size.find()) {
        boolean resident = size.group(1).equals("RSS");
        out.family(
            resident ? "process_resident_memory_bytes" : "process_virtual_memory_bytes",
            Type.GAUGE,
            resident ? "Memory in use." : "Address space in use.");
        out.sample(Long.parseLong(size.group(2)) * 1024);
      }
    } catch (IOException e) {
      // no Linux
    }
  }

  private static void writeThreads(PrometheusText out) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    out.family("jvm_threads_current", Type.GAUGE, "Platform threads now.");
    out.sample(threads.getThreadCount());
    out.family("jvm_threads_peak", Type.GAUGE, "The most platform threads there were.");
    out.sample(threads.getPeakThreadCount());
  }

  private static void writeHeap(PrometheusText out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    out.family("jvm_memory_used_bytes", Type.GAUGE, "Memory of the JVM in use.");
    out.sample(heap.getUsed(), "area", "heap");
    out.sample(other.getUsed(), "area", "nonheap");
    out.family("jvm_memory_committed_bytes", Type.GAUGE, "Memory of the JVM it has at hand.");
    out.sample(heap.getCommitted(), "area", "heap");
    out.sample(other.getCommitted(), "area", "nonheap");
    out.family("jvm_memory_max_bytes", Type.GAUGE, "Memory of the JVM it may have; -1: any.");
    out.sample(heap.getMax(), "area", "heap");
    out.sample(other.getMax(), "area", "nonheap");
  }

  private static void writeCollections(PrometheusText out) {
    out.family("jvm_gc_collection_seconds", Type.SUMMARY, "Collections, and the time they took.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.summary(
          collector.getCollectionCount(),
          collector.getCollectionTime() / 1e3,
          "gc",
          collector.getName());
    }
  }
}
