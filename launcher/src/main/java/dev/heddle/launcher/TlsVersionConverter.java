package dev.heddle.launcher;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads versions of TLS, as `1.3` or `TLSv1.3`.
final class TlsVersionConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    return switch (text) {
      case "1.2", "TLSv1.2" -> "TLSv1.2";
      case "1.3", "TLSv1.3" -> "TLSv1.3";
      default -> throw new TypeConversionException("expected 1.2, 1.3 or 1.2,1.3");
    };
  }
}
