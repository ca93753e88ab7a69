package dev.heddle.launcher;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads whole numbers.
///
/// @param least the smallest that will do
/// @param most the largest that will do
record NumberConverter(int least, int most) implements ITypeConverter<Integer> {

  /// For any that is not negative.
  NumberConverter() {
    this(0, Integer.MAX_VALUE);
  }

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException(
        most == Integer.MAX_VALUE
            ? "expected a whole number from " + least
            : "expected a whole number from " + least + " to " + most);
  }

  /// For ports.
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return new NumberConverter(0, 65_535).convert(text);
    }
  }

  /// For the kinds of poller that JDK 25 has.
  static final class PollerMode implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return new NumberConverter(1, 2).convert(text);
    }
  }

  /// For threads of a ForkJoinPool.
  static final class Parallelism implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return new NumberConverter(1, 32_767).convert(text);
    }
  }
}
