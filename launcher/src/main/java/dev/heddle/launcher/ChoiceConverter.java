package dev.heddle.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads and writes the constants of an enum, in lower case.
record ChoiceConverter<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {

  @Override
  public E convert(String text) {
    for (E constant : type.getEnumConstants()) {
      if (format(constant).equals(text)) {
        return constant;
      }
    }
    List<String> known =
        Arrays.stream(type.getEnumConstants()).map(ChoiceConverter::format).toList();
    throw new TypeConversionException(Nearest.advice(text, known));
  }

  static String format(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
