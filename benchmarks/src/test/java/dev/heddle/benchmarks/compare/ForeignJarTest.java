package dev.heddle.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.benchmarks.CommandRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `compare --jar` with a program that knows nothing of Heddle but three flags of its launcher.
class ForeignJarTest {
  private static final String SOURCE =
      """
      import com.sun.net.httpserver.HttpServer;
      import java.net.InetSocketAddress;
      import java.util.concurrent.Executors;
      import java.util.concurrent.atomic.AtomicInteger;
      import java.util.concurrent.locks.LockSupport;

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
          String backend = flag(args, "backend");
          if (backend.equals("unknown")) {
            System.err.println("Unknown option: '--backend=unknown'\\nUsage: foreign [options]");
            System.err.println("  -h   Show this help.");
            System.exit(2);
          }
          byte[] reply = ("I am " + backend).getBytes();
          var count = new AtomicInteger();
          var address =
              new InetSocketAddress(flag(args, "host"), Integer.parseInt(flag(args, "port")));
          HttpServer server = HttpServer.create(address, 100);
          server.createContext(
              "/mine",
              exchange -> {
                int number = count.incrementAndGet();
                if (backend.equals("starving") && number % 20 == 0) {
                  LockSupport.parkNanos(1_200_000_000);
                }
                boolean wrong = backend.equals("wrong") && number % 20 == 0;
                exchange.sendResponseHeaders(wrong ? 500 : 200, reply.length);
                exchange.getResponseBody().write(reply);
                exchange.close();
              });
          server.setExecutor(Executors.newCachedThreadPool());
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

  private record Result(CommandRun run, JsonNode entries) {}

  private Result compare(String backends, String... further) throws IOException {
    Path report = folder.resolve("report");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "--quick",
                "--jar=" + jar(),
                "--url=http://127.0.0.1:{port}/mine",
                "--backends=" + backends,
                "--connections=4",
                "--rounds=1",
                "--duration=100ms",
                "--rate=100",
                "--idle-connections=0",
                "--pin=none",
                "--out=" + report));
    arguments.addAll(List.of(further));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    JsonNode results = new ObjectMapper().readTree(report.resolve("results.json").toFile());
    return new Result(run, results.path("contests").get(0).path("entries"));
  }

  @Test
  void isMeasuredLikeOursOnEachBackendThatItIsTold() throws IOException {
    Result result = compare("one,two");
    assertThat(result.run.exitCode()).as(result.run.out()).isZero();
    assertThat(result.run.out()).contains("foreign.jar: 4 connections", "GET /mine");
    assertThat(result.entries)
        .extracting(entry -> entry.path("name").asText())
        .containsExactly("one", "two");
    assertThat(result.entries).allSatisfy(entry -> assertThat(entry.path("rounds")).hasSize(1));
  }

  @Test
  void isNotRankedWhenItAnswersWronglyOrLetsSomebodyStarve() throws IOException {
    Result result = compare("wrong,starving,one", "--base=one");
    assertThat(result.run.exitCode()).isEqualTo(1);
    assertThat(result.run.out())
        .containsPattern("! wrong: not ranked, as there were errors: [1-9][0-9,]* wrong status")
        .containsPattern("! starving: not ranked, as [1-4] connections waited over a second")
        .containsPattern("(?s)Saturated.* one +.*\n +wrong [^\n]* - +- ") // the last, no ratio
        .containsPattern("\n +starving [^\n]* - +- ");
  }

  @Test
  void saysInALineWhichFlagItDoesNotKnow() throws IOException {
    Result result = compare("unknown,one", "--base=one");
    assertThat(result.run.exitCode()).isEqualTo(1);
    assertThat(result.run.out().replaceAll("\\s+", " "))
        .contains("! unknown: ended with status 2: Unknown option: '--backend=unknown' (");
  }
}
