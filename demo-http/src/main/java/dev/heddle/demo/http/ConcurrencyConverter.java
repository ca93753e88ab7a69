package dev.heddle.demo.http;

import dev.heddle.http.ConcurrencyLimit;
import dev.heddle.http.HttpHandler;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads how many requests may be handled at a time.
final class ConcurrencyConverter implements ITypeConverter<UnaryOperator<HttpHandler>> {
  @Override
  public UnaryOperator<HttpHandler> convert(String text) {
    if (text.equals("auto")) {
      return ConcurrencyLimit::adaptive;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw new TypeConversionException("expected a whole number from 0, or auto");
    }
    int most = Integer.parseInt(text);
    return most == 0 ? UnaryOperator.identity() : handler -> ConcurrencyLimit.of(handler, most);
  }
}
