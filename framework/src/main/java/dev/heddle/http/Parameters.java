package dev.heddle.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names with values, in order, repeated or not: those of a query, or of a form
/// (`application/x-www-form-urlencoded`). Immutable. Malformed text never fails: like browsers, it
/// takes what can't be decoded as it is.
public final class Parameters {
  /// The most parameters that are taken from one text; those behind are ignored.
  static final int MAX = 1000;

  /// No parameters.
  public static final Parameters EMPTY = new Parameters(List.of());

  private final List<Parameter> list;

  private Parameters(List<Parameter> list) {
    this.list = list;
  }

  /// One parameter, decoded.
  public record Parameter(String name, String value) {}

  /// Decodes `a=1&b=2`.
  public static Parameters parse(String encoded) {
    if (encoded.isEmpty()) {
      return EMPTY;
    }
    List<Parameter> list = new ArrayList<>();
    for (int from = 0; from <= encoded.length() && list.size() < MAX; ) {
      int found = encoded.indexOf('&', from);
      int to = found < 0 ? encoded.length() : found;
      if (to > from) {
        list.add(parse(encoded, from, to));
      }
      from = to + 1;
    }
    return new Parameters(Collections.unmodifiableList(list));
  }

  private static Parameter parse(String encoded, int from, int to) {
    int found = encoded.indexOf('=', from, to); // not farther: what follows may be long
    int end = found < 0 ? to : found;
    return new Parameter(
        PercentCoding.decode(encoded, from, end, true),
        PercentCoding.decode(encoded, Math.min(end + 1, to), to, true));
  }

  /// The first value of a name, or null.
  public @Nullable String get(String name) {
    for (Parameter parameter : list) {
      if (parameter.name.equals(name)) {
        return parameter.value;
      }
    }
    return null;
  }

  /// The first value of a name, or another.
  public String get(String name, String otherwise) {
    String value = get(name);
    return value != null ? value : otherwise;
  }

  /// All values of a name, in order.
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (Parameter parameter : list) {
      if (parameter.name.equals(name)) {
        values.add(parameter.value);
      }
    }
    return values;
  }

  /// All parameters, in order.
  public List<Parameter> list() {
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && list.equals(that.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
