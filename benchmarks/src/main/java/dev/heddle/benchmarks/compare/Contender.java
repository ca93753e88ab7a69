package dev.heddle.benchmarks.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server to compare: a Java program that takes `--host` and `--port`.
///
/// @param program what `java` is to run: `-jar file`, or a class path and a class
/// @param flags the program's own, before host and port
record Contender(String name, List<String> program, List<String> flags) {
  static final String HOST = "127.0.0.1";

  /// A jar with the launcher's flags, on one backend.
  ///
  /// @param words the backend's name, and further flags after spaces
  /// @param programFlags those that it has on every backend
  static Contender backend(String words, Path jar, List<String> programFlags) {
    List<String> flags = new ArrayList<>(List.of(words.trim().split("\\s+")));
    String name = String.join(" ", flags).replace("--", "");
    flags.set(0, "--backend=" + flags.getFirst());
    flags.addAll(programFlags);
    return new Contender(name, List.of("-jar", jar.toString()), flags);
  }

  /// A class with a `main`, on this program's own class path.
  static Contender baseline(String name, Class<?> main) {
    String classPath = System.getProperty("java.class.path");
    return new Contender(name, List.of("-cp", classPath, main.getName()), List.of());
  }

  /// The whole command.
  List<String> command(List<String> jvmOptions, int port) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(program);
    command.addAll(flags);
    command.add("--host=" + HOST);
    command.add("--port=" + port);
    return command;
  }

  /// The name as part of a file's.
  String fileName() {
    return name.replaceAll("[^A-Za-z0-9.-]+", "-");
  }
}
