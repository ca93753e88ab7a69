package dev.heddle.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads numbers of bytes such as `512`, `64k` and `1m`: a `k` is 1,024. For flags of a program's
/// own, too: `@Option(converter = SizeConverter.class)`.
public final class SizeConverter implements ITypeConverter<Integer> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([kmg]?)");

  /// In mebibytes. Of larger ones the JDK makes no array.
  private static final int LARGEST = 2047;

  /// For any size up to 2047 MiB.
  public SizeConverter() {}

  @Override
  public Integer convert(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new TypeConversionException("expected a size such as 512, 64k or 1m");
    }
    long count = Long.parseLong(size.group(1));
    int unit = unit(size.group(2));
    if (count > (LARGEST << 20) / unit) {
      throw new TypeConversionException("expected a size of at most " + LARGEST + "m");
    }
    return (int) count * unit;
  }

  private static int unit(String suffix) {
    return switch (suffix) {
      case "k" -> 1 << 10;
      case "m" -> 1 << 20;
      case "g" -> 1 << 30;
      default -> 1;
    };
  }
}
