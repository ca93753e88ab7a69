package dev.heddle.demo.echo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The Java in the README is compiled as it stands there, and its first program is run.
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  static Stream<String> programs() throws IOException {
    return BLOCK.matcher(Files.readString(README)).results().map(block -> block.group(1));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramOfTheReadmeCompiles(String program) throws IOException {
    compile(program);
  }

  @Test
  @Timeout(30)
  void theFirstProgramOfTheReadmeEchoes() throws Exception {
    int port = freePort();
    String program = programs().findFirst().orElseThrow().replace("9000", String.valueOf(port));
    compile(program);
    URL[] classes = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes)) {
      Thread.ofPlatform().daemon().start(() -> run(loader));
      try (Socket socket = connect(port)) {
        socket.getOutputStream().write("five lines".getBytes(US_ASCII));
        socket.shutdownOutput();
        try (InputStream echo = socket.getInputStream()) {
          assertThat(new String(echo.readAllBytes(), US_ASCII)).isEqualTo("five lines");
        }
      }
    }
  }

  private void compile(String program) throws IOException {
    Path source = Files.writeString(folder.resolve("Program.java"), program);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xlint:all",
            "-Werror",
            source.toString());
    assertThat(status).as("javac's exit status; what it said is above").isZero();
  }

  private static void run(ClassLoader loader) {
    try {
      Class<?> type = loader.loadClass("Program");
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = type.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /// Connects as soon as the program listens; the test's timeout is the limit.
  private static Socket connect(int port) throws IOException {
    for (; ; ) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (ConnectException notYet) {
        Thread.onSpinWait();
      }
    }
  }
}
