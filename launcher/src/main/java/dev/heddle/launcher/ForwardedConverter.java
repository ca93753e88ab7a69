package dev.heddle.launcher;

import dev.heddle.http.ForwardedFields.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads in which fields proxies tell of their clients, if in any.
final class ForwardedConverter implements ITypeConverter<Kind> {
  @Override
  public @Nullable Kind convert(String text) {
    return switch (text) {
      case "off" -> null;
      case "forwarded" -> Kind.FORWARDED;
      case "x-forwarded" -> Kind.X_FORWARDED;
      default -> throw new TypeConversionException("expected forwarded, x-forwarded or off");
    };
  }
}
