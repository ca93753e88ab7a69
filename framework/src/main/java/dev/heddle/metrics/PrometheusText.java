package dev.heddle.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Metrics in the text format of Prometheus, version 0.0.4: families one after the other, each with
/// its help, its type and its samples.
///
/// ```java
/// out.family("shop_orders_total", Type.COUNTER, "Orders taken.");
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

  /// What a family's samples mean.
  public enum Type {
    /// Only grows.
    COUNTER("counter"),
    /// Goes up and down.
    GAUGE("gauge"),
    /// How many values there were up to each bound: see [PrometheusText#histogram].
    HISTOGRAM("histogram"),
    /// How many values there were, and their sum.
    SUMMARY("summary");

    private final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /// A text without metrics.
  public PrometheusText() {}

  /// Begins a family. Its samples follow.
  ///
  /// @throws IllegalArgumentException if the name is malformed, or was there before
  public void family(String name, Type type, String help) {
    if (!METRIC.matcher(name).matches() || !families.add(name)) {
      throw new IllegalArgumentException("the metric " + name + " is malformed, or there already");
    }
    family = name;
    text.append("# HELP ").append(name).append(' ');
    escape(help, false);
    text.append("\n# TYPE ").append(name).append(' ').append(type.word).append('\n');
  }

  /// A sample of the family.
  ///
  /// @param labels names and values in turn
  /// @throws IllegalArgumentException if a label's name is malformed
  public void sample(double value, String... labels) {
    sampleOf("", value, labels);
  }

  /// The samples of a histogram.
  ///
  /// @param bounds up to where each bucket but the last reaches, in the family's unit
  /// @param buckets how many values there are in each: one more than there are bounds
  /// @param sum of all values
  /// @param labels names and values in turn
  public void histogram(double[] bounds, long[] buckets, double sum, String... labels) {
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i];
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      sampleOf("_bucket", (double) count, with(labels, "le", bound));
    }
    summary(count, sum, labels);
  }

  /// The samples of a summary.
  ///
  /// @param labels names and values in turn
  public void summary(long count, double sum, String... labels) {
    sampleOf("_sum", sum, labels);
    sampleOf("_count", (double) count, labels);
  }

  private static String[] with(String[] labels, String name, String value) {
    String[] all = new String[labels.length + 2];
    System.arraycopy(labels, 0, all, 0, labels.length);
    all[labels.length] = name;
    all[labels.length + 1] = value;
    return all;
  }

  private void sampleOf(String suffix, double value, String... labels) {
    text.append(family).append(suffix);
    for (int i = 0; i < labels.length; i += 2) {
      if (!LABEL.matcher(labels[i]).matches()) {
        throw new IllegalArgumentException("the label " + labels[i] + " is malformed");
      }
      text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      escape(labels[i + 1], true);
      text.append('"');
    }
    text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
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
