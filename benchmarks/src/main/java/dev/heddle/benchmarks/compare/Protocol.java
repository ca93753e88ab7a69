package dev.heddle.benchmarks.compare;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A protocol to compare servers by. To add one, write one of these and name it in [Protocols].
interface Protocol {
  /// What `--protocol` calls it.
  String name();

  /// What the generator is pointed to, with `{port}` in place of the port.
  String url();

  /// What it is sent.
  default Workload workload() {
    return Workload.USUAL;
  }

  /// Whether it is measured when no protocol is named.
  default boolean usual() {
    return true;
  }

  /// The module whose jar speaks it on any backend, if [#subject()] does not.
  String module();

  /// A program of this jar that speaks it on any backend; null: the module's jar does.
  default @Nullable Class<?> subject() {
    return null;
  }

  /// The other servers that speak it, by name, in the order in which they are shown.
  Map<String, Class<?>> baselines();
}
