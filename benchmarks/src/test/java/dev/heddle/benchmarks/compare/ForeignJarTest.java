package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `compare --jar` with a program that knows nothing of Heddle but three flags of its launcher.
class ForeignJarTest {
  private static final String SOURCE =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;

      public class Foreign {
        static String flag(String[] args, String name) {
          for (String arg : args) {
            if (arg.startsWith("--" + name + "=")) {
              return arg.substring(name.length() + 3);
            }
          }
          throw new IllegalArgumentException("--" + name + " is missing");
        }

        public static void main(String[] args) throws Exception {
          byte[] reply = ("I am " + flag(args, "backend")).getBytes();
          var address =
              new InetSocketAddress(flag(args, "host"), Integer.parseInt(flag(args, "port")));
          HttpServer server = HttpServer.create(address, 100);
          server.createContext(
              "/mine",
              exchange -> {
                exchange.sendResponseHeaders(200, reply.length);
                exchange.getResponseBody().write(reply);
                exchange.close();
              });
          server.start();
        }
      }
      """;

  @TempDir private Path folder;

  private Path jar() throws IOException {
    Path source = Files.writeString(folder.resolve("Foreign.java"), SOURCE);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
    assertThat(javac.run(System.out, System.err, "-d", classes.toString(), source.toString()))
        .isZero();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Foreign");
    Path jar = folder.resolve("foreign.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.putNextEntry(new JarEntry("Foreign.class"));
      Files.copy(classes.resolve("Foreign.class"), out);
    }
    return jar;
  }

  @Test
  void isMeasuredLikeOursOnEachBackendThatItIsTold() throws IOException {
    StringWriter out = new StringWriter();
    CommandLine line = Benchmarks.commandLine().setOut(new PrintWriter(out));
    Path report = folder.resolve("report");
    int exitCode =
        line.execute(
            "compare",
            "--quick",
            "--jar=" + jar(),
            "--url=http://127.0.0.1:{port}/mine",
            "--backends=one,two",
            "--connections=4",
            "--rounds=1",
            "--duration=100ms",
            "--rate=100",
            "--idle-connections=0",
            "--pin=none",
            "--out=" + report);
    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString()).contains("foreign.jar: 4 connections", "GET /mine");
    JsonNode entries =
        new ObjectMapper()
            .readTree(report.resolve("results.json").toFile())
            .path("contests")
            .get(0)
            .path("entries");
    assertThat(entries)
        .extracting(entry -> entry.path("name").asText())
        .containsExactly("one", "two");
    assertThat(entries).allSatisfy(entry -> assertThat(entry.path("rounds")).hasSize(1));
  }
}
