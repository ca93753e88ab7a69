package dev.heddle.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Metrics in the text format of Prometheus, version 0.0.4: families one after the other, each with
/// its help, its type and its samples.
///
/// ```java
/// out.counter("shop_orders_total", "Orders taken.");
/// out.sample(orders.sum(), "country", "NL");
/// ```
///
/// Units are those of the format's conventions: seconds and bytes, said at the end of a name, and
/// counters end in `_total`.
///
/// Threading: for one thread.
public final class PrometheusText {
  private static final Pattern METRIC = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private final StringBuilder text = new StringBuilder(8192);
  private final Set<String> families = new HashSet<>();
  private String family = "";

  /// A text without metrics.
  public PrometheusText() {}

  /// Begins a family of what only grows. Its samples follow.
  ///
  /// @param name ends in `_total`
  /// @throws IllegalArgumentException if the name is malformed, or was there before
  public void counter(String name, String help) {
    check(name.endsWith("_total"), name);
    family(name, "counter", help);
  }

  /// Begins a family of what goes up and down. Its samples follow.
  ///
  /// @throws IllegalArgumentException as [#counter]
  public void gauge(String name, String help) {
    family(name, "gauge", help);
  }

  /// Begins a family of how many values there were up to each bound: see [#buckets].
  ///
  /// @throws IllegalArgumentException as [#counter]
  public void histogram(String name, String help) {
    family(name, "histogram", help);
  }

  /// Begins a family of how many values there were, and of their sum: see [#countAndSum].
  ///
  /// @throws IllegalArgumentException as [#counter]
  public void summary(String name, String help) {
    family(name, "summary", help);
  }

  private void family(String name, String type, String help) {
    check(METRIC.matcher(name).matches() && families.add(name), name);
    family = name;
    text.append("# HELP ").append(name).append(' ');
    escape(help, false);
    text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void check(boolean holds, String name) {
    if (!holds) {
      throw new IllegalArgumentException("the metric " + name + " is malformed, or there already");
    }
  }

  /// A sample of the family.
  ///
  /// @param labels names and values in turn
  /// @throws IllegalArgumentException if a label's name is malformed
  public void sample(long value, String... labels) {
    sampleOf("", Long.toString(value), labels);
  }

  /// A sample of the family.
  ///
  /// @param labels names and values in turn
  /// @throws IllegalArgumentException if a label's name is malformed
  public void sample(double value, String... labels) {
    sampleOf("", number(value), labels);
  }

  /// The samples of a histogram with these labels.
  ///
  /// @param bounds up to where each bucket but the last reaches, in the family's unit
  /// @param buckets how many values there are in each: one more than there are bounds
  /// @param sum of all values
  /// @param labels names and values in turn
  public void buckets(double[] bounds, long[] buckets, double sum, String... labels) {
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i];
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      sampleOf("_bucket", Long.toString(count), with(labels, "le", bound));
    }
    countAndSum(count, sum, labels);
  }

  /// The samples of a summary with these labels.
  ///
  /// @param labels names and values in turn
  public void countAndSum(long count, double sum, String... labels) {
    sampleOf("_sum", number(sum), labels);
    sampleOf("_count", Long.toString(count), labels);
  }

  private static String[] with(String[] labels, String name, String value) {
    String[] all = new String[labels.length + 2];
    System.arraycopy(labels, 0, all, 0, labels.length);
    all[labels.length] = name;
    all[labels.length + 1] = value;
    return all;
  }

  private void sampleOf(String suffix, String value, String... labels) {
    text.append(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      if (!LABEL.matcher(labels[i]).matches()) {
        throw new IllegalArgumentException("the label " + labels[i] + " is malformed");
      }
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1], true);
      text.append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /// Line ends and backslashes always, quotes in values alone.
  private void escape(String value, boolean quoted) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (c == '\\' || (quoted && c == '"')) {
        text.append('\\').append(c);
      } else {
        text.append(c);
      }
    }
  }

  /// All that was written.
  @Override
  public String toString() {
    return text.toString();
  }
}
