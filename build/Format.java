import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Holds every Java file of the project to google-java-format: `check` lists those that differ and
/// exits 1, `fix` rewrites them.
///
/// A program rather than a Maven plugin, because the formatter needs a newer JDK than the one that
/// may be running Maven.
void main(String[] args) throws IOException {
  boolean fix = args[0].equals("fix");
  var formatter = new Formatter();
  var differing = new ArrayList<Path>();
  for (Path file : javaFiles(Path.of(""))) {
    String source = Files.readString(file);
    String formatted = format(formatter, file, source);
    if (!formatted.equals(source)) {
      differing.add(file);
      if (fix) {
        Files.writeString(file, formatted);
      }
    }
  }
  differing.forEach(file -> IO.println((fix ? "formatted " : "not formatted: ") + file));
  if (!fix && !differing.isEmpty()) {
    IO.println("To format them: mvn -B -N -Pformat validate");
    System.exit(1);
  }
}

List<Path> javaFiles(Path root) throws IOException {
  try (var files = Files.walk(root)) {
    return files.filter(this::isOurs).sorted().toList();
  }
}

boolean isOurs(Path file) {
  for (Path part : file) {
    if (part.startsWith("target") || part.toString().startsWith(".")) {
      return false;
    }
  }
  return file.toString().endsWith(".java");
}

/// A file that does not parse is left as it is: the compiler says better what is wrong with it.
String format(Formatter formatter, Path file, String source) {
  try {
    return formatter.formatSourceAndFixImports(source);
  } catch (FormatterException e) {
    IO.println("cannot be parsed: " + file);
    return source;
  }
}
