package dev.heddle.benchmarks.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The settings as Linux shows them.
///
/// @param folder usually /proc
record Proc(Path folder) {
  /// Where a setting such as `net.core.somaxconn` is.
  Path file(String setting) {
    return folder.resolve("sys").resolve(setting.replace('.', '/'));
  }

  /// The numbers of a setting; empty when it cannot be read, or holds something else.
  List<Long> numbers(String setting) {
    return lines(file(setting)).stream()
        .limit(1)
        .flatMap(line -> List.of(line.trim().split("\\s+", -1)).stream())
        .flatMap(word -> number(word).stream())
        .toList();
  }

  /// The most descriptors that a process may have open, once a JVM has raised its soft limit.
  Optional<Long> hardDescriptorLimit() {
    String name = "Max open files";
    return lines(folder.resolve("self/limits")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> List.of(line.substring(name.length()).trim().split("\\s+", -1)))
        .flatMap(fields -> (fields.size() > 1 ? number(fields.get(1)) : none()).stream())
        .findFirst();
  }

  private static Optional<Long> none() {
    return Optional.empty();
  }

  private static Optional<Long> number(String word) {
    if (word.equals("unlimited")) {
      return Optional.of(Long.MAX_VALUE);
    }
    return word.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(word)) : none();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException absent) {
      return List.of();
    }
  }
}
