package dev.heddle.launcher;

import dev.heddle.Carrier;
import org.jspecify.annotations.Nullable;

/// Settings of the JDK's virtual threads, which it reads once, on first use.
///
/// @param pollerMode 1 or 2; null: left alone
/// @param parallelism at least 1; null: left alone
record JdkSettings(@Nullable Integer pollerMode, @Nullable Integer parallelism) {

  /// Refuses to be set where it would mean nothing.
  void check(String backend, Carrier carrier) {
    String given =
        pollerMode != null ? "--poller-mode" : parallelism != null ? "--parallelism" : null;
    if (given == null) {
      return;
    }
    if (backend.equals("platform") || backend.equals("pool")) {
      throw LaunchException.usage(
          ("%s concerns virtual threads, and backend '%s' runs handlers on platform threads: leave"
                  + " it out, or choose --backend=virtual")
              .formatted(given, backend));
    }
    if (carrier == Carrier.POLLER && pollerMode != null && pollerMode != 1) {
      throw LaunchException.usage(
          "--carrier=poller needs --poller-mode=1, as it is threads of the system that poll and"
              + " carry there: leave one of them out");
    }
    if (backend.equals("selector") && carrier != Carrier.SCHEDULER) {
      throw LaunchException.usage(
          ("%s concerns the JDK's scheduler, and backend 'selector' runs handlers on its own"
                  + " loops: leave it out, or add --carrier=scheduler")
              .formatted(given));
    }
  }

  void apply() {
    if (pollerMode != null) {
      System.setProperty("jdk.pollerMode", pollerMode.toString());
    }
    if (parallelism != null) {
      System.setProperty("jdk.virtualThreadScheduler.parallelism", parallelism.toString());
    }
  }
}
