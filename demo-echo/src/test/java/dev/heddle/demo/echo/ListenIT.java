package dev.heddle.demo.echo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Where the program listens, and what it tells a service manager.
class ListenIT {
  private static final Pattern PORT = Pattern.compile("\\[0:0:0:0:0:0:0:1\\]:(\\d+)");

  /// Stands for systemd: prints each datagram in a line, its line ends as bars.
  private static final String MANAGER =
      """
      use Socket;
      socket(S, PF_UNIX, SOCK_DGRAM, 0) or die;
      my $path = shift @ARGV;
      $path =~ s/^@/\\0/;
      bind(S, pack_sockaddr_un($path)) or die;
      $| = 1;
      print "bound\\n";
      while (defined recv(S, my $message, 4096, 0)) { $message =~ s/\\n/|/g; print "$message\\n" }
      """;

  /// Stands for systemd with a socket unit: listens on a free port, and becomes the program, whose
  /// standard input that socket is.
  private static final String ACTIVATION =
      """
      use Socket;
      socket(S, PF_INET, SOCK_STREAM, 0) or die;
      bind(S, sockaddr_in(0, INADDR_LOOPBACK)) or die;
      listen(S, 16) or die;
      open(STDIN, "<&S") or die;
      exec @ARGV;
      """;

  @TempDir Path folder;

  static List<String> backends() {
    return Server.backends();
  }

  private static void assertServed(SocketAddress address) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap("heddle".getBytes(US_ASCII)));
      channel.shutdownOutput();
      ByteBuffer back = ByteBuffer.allocate(16);
      while (channel.read(back) >= 0) {}
      assertThat(new String(back.array(), 0, back.position(), US_ASCII)).isEqualTo("heddle");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void severalAddressesAreServedAtOnce(String backend) throws Exception {
    Path socket = folder.resolve("echo.sock");
    boolean takesMode = !backend.equals("helidon");
    try (Program program =
        Program.start(
            "--backend=" + backend,
            "--listen=127.0.0.1:0",
            "--listen=[::1]:0",
            "--listen=unix:" + socket + (takesMode ? ",mode=0600" : ""))) {
      assertThat(program.banner()).contains(", unix:" + socket + " | " + backend);
      Matcher ipv6 = PORT.matcher(program.banner());
      assertThat(ipv6.find()).isTrue();
      if (takesMode) {
        assertThat(Files.getPosixFilePermissions(socket)).hasSize(2);
      }
      assertServed(new InetSocketAddress(InetAddress.getLoopbackAddress(), portOf(program)));
      assertServed(
          new InetSocketAddress(InetAddress.ofLiteral("::1"), Integer.parseInt(ipv6.group(1))));
      assertServed(UnixDomainSocketAddress.of(socket));
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
    }
    assertThat(socket).doesNotExist();
  }

  private static int portOf(Program program) {
    Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+),").matcher(program.banner());
    assertThat(port.find()).isTrue();
    return Integer.parseInt(port.group(1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theSocketThatIsStandardInputIsServedOrRefusedWithTheReason(String backend) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process program =
        new ProcessBuilder(
                List.of(
                    "perl",
                    "-e",
                    ACTIVATION,
                    java,
                    "-jar",
                    Program.JAR.toString(),
                    "--backend=" + backend,
                    "--listen=inherited"))
            .redirectErrorStream(true)
            .start();
    try (var said = program.inputReader(US_ASCII)) {
      String line = said.readLine();
      if (backend.equals("helidon")) {
        assertThat(line)
            .isEqualTo(
                "echo: --listen asks for what backend 'helidon' can't do: the engine can only bind"
                    + " sockets itself; choose another backend");
        assertThat(program.waitFor()).isEqualTo(2);
        return;
      }
      Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+) ").matcher(line);
      assertThat(port.find()).as(line).isTrue();
      assertServed(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
      program.toHandle().destroy();
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--listen=8080                | 2 | --listen is '8080': expected host:port,",
        "--listen=a:1 --port=2        | 2 | --port means nothing beside --listen",
        "--listen=a:1 --host=b        | 2 | --host means nothing beside --listen",
        "--listen=no.such.invalid:1   | 1 | --listen is 'no.such.invalid': no such host",
        "--backend=helidon --listen=unix:/x,mode=0600 | 2 | --listen asks for what backend"
            + " 'helidon'",
        "--listen=unix:/no/dir/socket | 1 | can't listen on unix:/no/dir/socket: there is no",
        "--listen=unix:/proc/version  | 1 | can't listen on unix:/proc/version: the file there is",
        "--listen=inherited           | 1 | --listen is 'inherited': standard input is no socket",
      })
  void whatCannotBeListenedOnIsRefusedInOneLine(String args, int status, String message)
      throws Exception {
    try (Program program = Program.start(args.split(" "))) {
      assertThat(program.exitStatus()).as(program::toString).isEqualTo(status);
      assertThat(program.errors()).singleElement().asString().startsWith("echo: " + message);
    }
  }

  @Test
  void theServiceManagerHearsWhenTheServerIsReadyLivesAndStops() throws Exception {
    assertManagerHears(folder.resolve("notify").toString());
  }

  @Test
  void theServiceManagerMayListenWhereThereIsNoFile() throws Exception {
    assertManagerHears("@heddle-test-" + ProcessHandle.current().pid());
  }

  private static void assertManagerHears(String socket) throws Exception {
    Process manager = new ProcessBuilder("perl", "-e", MANAGER, socket).start();
    try (var heard = manager.inputReader(US_ASCII)) {
      assertThat(heard.readLine()).isEqualTo("bound");
      Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", "200000");
      try (Program program = Program.start(environment, "--port=0")) {
        assertThat(heard.readLine()).startsWith("READY=1|STATUS=" + program.banner());
        assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        assertThat(heard.readLine()).isEqualTo("WATCHDOG=1");
        program.signal("TERM");
        String line = heard.readLine();
        while (line.equals("WATCHDOG=1")) {
          line = heard.readLine();
        }
        assertThat(line).isEqualTo("STOPPING=1|STATUS=ending; no connections are open");
        assertThat(program.exitStatus()).isZero();
        assertThat(program.errors()).noneMatch(error -> error.contains("WARNING"));
      }
    } finally {
      manager.destroyForcibly();
    }
  }

  @Test
  void aServiceManagerThatIsGoneStopsNobody() throws Exception {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString(), "WATCHDOG_USEC", "not yours");
    try (Program program = Program.start(environment, "--port=0")) {
      assertThat(program.port()).isPositive();
      assertThat(program.awaitError(line -> line.contains("NOTIFY_SOCKET"))).isNotEmpty();
      program.signal("TERM");
      assertThat(program.exitStatus()).isZero();
    }
  }
}
