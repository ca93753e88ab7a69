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

  /// A program with the launcher's flags, on one backend.
  ///
  /// @param words the backend's name, and further flags after spaces
  static Contender backend(String words, List<String> program) {
    List<String> flags = new ArrayList<>(List.of(words.trim().split("\\s+")));
    String name = String.join(" ", flags).replace("--", "");
    flags.set(0, "--backend=" + flags.getFirst());
    return new Contender(name, program, flags);
  }

  /// A class with a `main`, on this program's own class path.
  static Contender baseline(String name, Class<?> main) {
    return new Contender(name, program(main), List.of());
  }

  /// A jar that says itself what to run.
  static List<String> program(Path jar) {
    return List.of("-jar", jar.toString());
  }

  /// A class with a `main`, on this program's own class path, with the doors open that the demos'
  /// manifests open.
  static List<String> program(Class<?> main) {
    return List.of(
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName());
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
