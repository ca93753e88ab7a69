package dev.heddle.launcher;

import dev.heddle.Networks;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads networks such as `10.0.0.0/8,2001:db8::/32,unix`.
final class NetworksConverter implements ITypeConverter<Networks> {
  @Override
  public Networks convert(String text) {
    try {
      return Networks.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
