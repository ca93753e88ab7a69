package dev.heddle.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.launcher.program.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Flags, good and bad, from the command line, the environment and a file.
class CommandLineIT {
  private static final int ENVIRONMENT = 1;
  private static final int USAGE = 2;

  private static final List<String> FLAGS =
      List.of(
          "--backend=",
          "--host=",
          "--port=",
          "--listen=",
          "--backlog=",
          "--loops=",
          "--threads=",
          "--carrier=",
          "--selector-provider=",
          "--poller-mode=",
          "--parallelism=",
          "--loop-stall-warning=",
          "--max-connection-rate-per-address=",
          "--proxy-trusted=",
          "--proxy-protocol=",
          "--proxy-timeout=",
          "--max-connections=",
          "--max-connections-per-address=",
          "--idle-timeout=",
          "--write-timeout=",
          "--connection-timeout=",
          "--drain-delay=",
          "--grace=",
          "--[no-]reuse-address",
          "--[no-]reuse-port",
          "--[no-]tcp-nodelay",
          "--[no-]tcp-quickack",
          "--[no-]keep-alive",
          "--keep-idle=",
          "--keep-interval=",
          "--keep-count=",
          "--receive-buffer=",
          "--send-buffer=",
          "--tls-cert=",
          "--tls-key=",
          "--tls-keystore=",
          "--tls-key-password=",
          "--tls-key-password-file=",
          "--tls-client-auth=",
          "--tls-trust=",
          "--tls-protocols=",
          "--tls-handshake-timeout=",
          "--tls-reload=",
          "--tls-dev",
          "--admin-port=",
          "--admin-host=",
          "--stats[=",
          "--log-level=",
          "--config=",
          "--help",
          "--version");

  @TempDir Path folder;

  private static void assertRefused(Program program, int status, String message)
      throws InterruptedException {
    assertThat(program.exitStatus()).as(program::toString).isEqualTo(status);
    assertThat(program.output()).isEmpty();
    assertThat(program.errors()).hasSize(1);
    assertThat(program.errors().getFirst())
        .startsWith("echo: ")
        .contains(message)
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void helpListsAllFlagsInEightyColumns() throws Exception {
    try (Program program = Program.start("--help")) {
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors()).isEmpty();
      String help = String.join("\n", program.output());
      assertThat(help).contains(FLAGS).contains("HEDDLE_", "127.0.0.1", "9000");
      assertThat(program.output()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    }
  }

  @Test
  void versionNamesHeddleAndTheJdk() throws Exception {
    try (Program program = Program.start("--version")) {
      assertThat(program.exitStatus()).isZero();
      assertThat(program.errors()).isEmpty();
      assertThat(program.output()).singleElement().asString().matches("heddle \\d.*, JDK \\d.*");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--backend=selecter               | did you mean selector?",
        "--backend=netty                  | expected one of ",
        "--prot=9001                      | did you mean --port?",
        "--port=http                      | --port is 'http': expected a whole number",
        "--port=65536                     | --port is '65536': expected a whole number",
        "--port                           | --port is missing: expected --port=<n>",
        "--grace=5                        | --grace is '5': expected a time such as 500ms",
        "--receive-buffer=big             | --receive-buffer is 'big': expected a size",
        "--carrier=lop                    | did you mean loop?",
        "--tcp-nodelay=on                 | expected true or false",
        "--loops=1025                     | --loops is 1025: expected a number from 0 to 1024",
        "--loops=2                        | --loops means nothing to backend 'virtual'",
        "--threads=2 --backend=selector   | --threads means nothing to backend 'selector'",
        "--carrier=loop                   | backend 'virtual' has no loops; choose"
            + " --carrier=poller",
        "--carrier=poller --poller-mode=2 | --carrier=poller needs --poller-mode=1",
        "--carrier=poller --backend=selector | choose --carrier=loop or --carrier=scheduler",
        "--poller-mode=1 --backend=pool   | --poller-mode concerns virtual threads",
        "--parallelism=1 --backend=selector | add --carrier=scheduler",
        "--max-connection-rate-per-address=5 | expected a rate such as 100/s",
        "--proxy-protocol=on              | --proxy-protocol is 'on': expected one of ",
        "--proxy-protocol=required        | --proxy-protocol believes nobody yet: add",
        "--proxy-trusted=10.0.0.1/8       | '10.0.0.1/8' is no network: its address has bits",
        "9000                             | unknown argument '9000'",
      })
  void whatMakesNoSenseIsRefusedInOneLine(String args, String message) throws Exception {
    try (Program program = Program.start(args.split(" "))) {
      assertRefused(program, USAGE, message);
    }
  }

  @Test
  void aPortThatIsTakenIsRefusedInOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      for (String backend : List.of("virtual", "selector")) {
        try (Program program = Program.start("--backend=" + backend, "--port=" + port)) {
          assertRefused(
              program, ENVIRONMENT, "can't listen on 127.0.0.1:" + port + ": the port is");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--host=no.such.host.invalid      | --host is 'no.such.host.invalid': no such host",
        "--host=192.0.2.1                 | can't listen on 192.0.2.1:9000: this machine does not",
        "--config=/no/such/file           | can't read /no/such/file: no such file",
      })
  void whatCannotBeHadHereIsRefusedInOneLine(String arg, String message) throws Exception {
    try (Program program = Program.start(arg)) {
      assertRefused(program, ENVIRONMENT, message);
    }
  }

  @Test
  void theCarrierLoopIsRefusedInOneLineWhereTheJdkIsClosed() throws Exception {
    List<String> closed = List.of("-cp", Program.JAR.toString(), EchoDemo.class.getName());
    try (Program program =
        Program.start(closed, Map.of(), "--backend=selector", "--carrier=loop", "--port=0")) {
      assertThat(program.exitStatus()).isIn(ENVIRONMENT, USAGE);
      assertRefused(program, program.exitStatus(), "--add-opens java.base/java.lang=ALL-UNNAMED");
    }
  }

  @Test
  void aVariableOfTheEnvironmentIsAFlag() throws Exception {
    try (Program program = Program.start(Map.of("HEDDLE_BACKEND", "platform"), "--port=0")) {
      assertThat(program.banner()).contains("| platform |");
    }
    try (Program program = Program.start(Map.of("HEDDLE_MAX_CONNECTIONS", "many"))) {
      assertRefused(program, USAGE, "HEDDLE_MAX_CONNECTIONS is 'many': expected a whole number");
    }
  }

  @Test
  void aLineOfAFileIsAFlag() throws Exception {
    Path file = folder.resolve("echo.properties");
    Files.writeString(file, "backend = pool\nthreads = 3\nport = 0\ntcp-nodelay = false\n");
    try (Program program = Program.start("--config=" + file)) {
      assertThat(program.banner()).contains("| pool (3 threads) |");
    }
    try (Program program =
        Program.start(Map.of("HEDDLE_THREADS", "4"), "--config", file.toString())) {
      assertThat(program.banner()).contains("| pool (4 threads) |");
    }
    Files.writeString(file, "max-conections = 3\n");
    try (Program program = Program.start(Map.of("HEDDLE_CONFIG", file.toString()))) {
      assertRefused(program, USAGE, "'max-conections' in " + file + ": did you mean 'max-con");
    }
  }
}
