package dev.heddle.demo.http;

import dev.heddle.http.AccessLog;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the name of a format of the access log.
final class LogFormatConverter implements ITypeConverter<AccessLog.Format> {
  @Override
  public AccessLog.Format convert(String text) {
    return switch (text) {
      case "combined" -> AccessLog.Format.COMBINED;
      case "json" -> AccessLog.Format.JSON;
      default -> throw new TypeConversionException("expected combined or json");
    };
  }
}
