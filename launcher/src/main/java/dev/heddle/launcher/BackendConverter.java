package dev.heddle.launcher;

import dev.heddle.Server;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the names of the backends that are there.
final class BackendConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    List<String> known = Server.backends();
    if (!known.contains(text)) {
      throw new TypeConversionException(Nearest.advice(text, known));
    }
    return text;
  }

  /// The names, for help.
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Server.backends().iterator();
    }
  }
}
