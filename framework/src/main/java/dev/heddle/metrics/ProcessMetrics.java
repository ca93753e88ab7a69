package dev.heddle.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
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
    out.counter("process_cpu_seconds_total", "Time on cores, user and system.");
    out.sample(system().getProcessCpuTime() / 1e9);
    out.gauge("process_start_time_seconds", "When it began, since 1970 in UTC.");
    out.sample(runtime.getStartTime() / 1e3);
    out.gauge("process_uptime_seconds", "How long it has run.");
    out.sample(runtime.getUptime() / 1e3);
    out.gauge("jvm_info", "Always 1; its labels say which JVM runs.");
    out.sample(1, "version", runtime.getVmVersion(), "vendor", runtime.getVmVendor());
  }

  private static OperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  private static void writeDescriptors(PrometheusText out) {
    if (system() instanceof UnixOperatingSystemMXBean unix) {
      out.gauge("process_open_fds", "Descriptors open now.");
      out.sample(unix.getOpenFileDescriptorCount());
      out.gauge("process_max_fds", "Descriptors that may be open.");
      out.sample(unix.getMaxFileDescriptorCount());
    }
  }

  private static void writeSizes(PrometheusText out) {
    try {
      Matcher size = SIZE.matcher(Files.readString(STATUS));
      while (size.find()) {
        boolean resident = size.group(1).equals("RSS");
        out.gauge(
            resident ? "process_resident_memory_bytes" : "process_virtual_memory_bytes",
            resident ? "Memory in use." : "Address space in use.");
        out.sample(Long.parseLong(size.group(2)) * 1024);
      }
    } catch (IOException e) {
      // no Linux
    }
  }

  private static void writeThreads(PrometheusText out) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    out.gauge("jvm_threads_current", "Platform threads now.");
    out.sample(threads.getThreadCount());
    out.gauge("jvm_threads_peak", "The most platform threads there were.");
    out.sample(threads.getPeakThreadCount());
  }

  private static void writeHeap(PrometheusText out) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    out.gauge("jvm_memory_used_bytes", "Memory of the JVM in use.");
    out.sample(heap.getUsed(), "area", "heap");
    out.sample(other.getUsed(), "area", "nonheap");
    out.gauge("jvm_memory_committed_bytes", "Memory of the JVM it has at hand.");
    out.sample(heap.getCommitted(), "area", "heap");
    out.sample(other.getCommitted(), "area", "nonheap");
    out.gauge("jvm_memory_max_bytes", "Memory of the JVM it may have; -1: any.");
    out.sample(heap.getMax(), "area", "heap");
    out.sample(other.getMax(), "area", "nonheap");
  }

  private static void writeCollections(PrometheusText out) {
    out.summary("jvm_gc_collection_seconds", "Collections, and the time they took.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.countAndSum(
          collector.getCollectionCount(),
          collector.getCollectionTime() / 1e3,
          "gc",
          collector.getName());
    }
  }
}
