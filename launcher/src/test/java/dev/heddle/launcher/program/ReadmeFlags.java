package dev.heddle.launcher.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The flags that the README's table names, row by row.
public final class ReadmeFlags {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern ROW = Pattern.compile("\\| (\\S.*?) \\| `(--[^`]+)`.*\\|");

  private ReadmeFlags() {}

  /// Those of every server.
  public static Set<String> ofAll() throws IOException {
    return of(about -> !about.endsWith(" only"));
  }

  /// Those that only one program has.
  ///
  /// @param command as in `http`
  public static Set<String> ofOnly(String command) throws IOException {
    return of(about -> about.equals("`./heddle " + command + "` only"));
  }

  private static Set<String> of(Predicate<String> rows) throws IOException {
    Set<String> flags = new TreeSet<>();
    for (String line : Files.readAllLines(README)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && rows.test(row.group(1))) {
        for (String word : row.group(2).split(" ", -1)) {
          add(flags, word);
        }
      }
    }
    return flags;
  }

  /// Adds both of `--password[-file]`, and the one of `--stats[=5s]` and of `--[no-]compression`.
  private static void add(Set<String> flags, String word) {
    String flag = word.replaceFirst("\\[=.*", "").replace("[no-]", "");
    flags.add(flag.replaceFirst("\\[.*", ""));
    flags.add(flag.replace("[", "").replace("]", ""));
  }
}
