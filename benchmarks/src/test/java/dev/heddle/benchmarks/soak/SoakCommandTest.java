package dev.heddle.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import dev.heddle.benchmarks.CommandRun;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import dev.heddle.ws.Message;
import dev.heddle.ws.WebSocketHandler;
import dev.heddle.ws.WebSockets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Soaks servers within this process, so that what they hold is what this process holds.
class SoakCommandTest {
  private static CommandRun soak(String url, ConnectionHandler handler) throws IOException {
    try (Server server = Server.listen(0, handler)) {
      return CommandRun.of(
          "soak",
          url.formatted(server.localAddress().getPort()),
          "--pid=" + ProcessHandle.current().pid(),
          "--peers=20",
          "--warmup=300ms",
          "--duration=1s",
          "--settle=2s",
          "--seed=7");
    }
  }

  @Test
  void aSoundServerHoldsNoMoreThanBefore() throws IOException {
    CommandRun run = soak("tcp://127.0.0.1:%d", c -> c.input().transferTo(c.output()));
    assertThat(run.out()).contains("20 peers at a time, seed 7", "sound: every proper peer");
    assertThat(run.exitCode()).isZero();
    for (Behaviour behaviour : Behaviour.values()) {
      String name = behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
      assertThat(run.out()).containsPattern("  " + name + " +[1-9]");
    }
  }

  @Test
  void httpIsUnderstood() throws IOException {
    CommandRun run = soak("http://127.0.0.1:%d/", Http1.of(_ -> Response.text("hello")));
    assertThat(run.out()).contains("sound: every proper peer");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void webSocketIsUnderstood() throws IOException {
    WebSocketHandler echo =
        socket -> {
          for (Message message; (message = socket.receive()) != null; ) {
            socket.send(message);
          }
        };
    CommandRun run = soak("ws://127.0.0.1:%d/", Http1.of(WebSockets.of(echo)));
    assertThat(run.out()).contains("sound: every proper peer");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void aServerThatKeepsDescriptorsIsFound(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("kept"));
    List<FileChannel> kept = new CopyOnWriteArrayList<>();
    CommandRun run =
        soak(
            "tcp://127.0.0.1:%d",
            c -> {
              kept.add(FileChannel.open(file));
              c.input().transferTo(c.output());
            });
    for (FileChannel each : kept) {
      each.close();
    }
    assertThat(run.out()).contains("! grown: descriptors").doesNotContain("sound:");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void aServerThatKeepsMemoryIsFound() throws IOException {
    List<byte[]> kept = new CopyOnWriteArrayList<>();
    CommandRun run =
        soak(
            "tcp://127.0.0.1:%d",
            c -> {
              kept.add(new byte[1 << 20]);
              c.input().transferTo(c.output());
            });
    assertThat(run.out()).contains("! grown: live heap");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(kept).isNotEmpty(); // and so not collected until here
  }

  @Test
  void aProperPeerThatIsAnsweredWronglyIsTold() throws IOException {
    CommandRun run = soak("http://127.0.0.1:%d/", Http1.of(_ -> Response.status(503)));
    assertThat(run.out()).contains("! PROPER: ", "not 200: HTTP/1.1 503");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void onlyThoseWhoKeepTheRulesAreOwedAReply(Behaviour behaviour) {
    assertThat(behaviour.isInnocent())
        .isEqualTo(List.of(Behaviour.PROPER, Behaviour.PIPELINING).contains(behaviour));
  }

  @Test
  void saysWhatIsWrongWithItsOptions() {
    assertThat(CommandRun.of("soak", "tcp://127.0.0.1:1", "--pid=1", "--peers=0"))
        .isEqualTo(new CommandRun(2, "", "soak: peers must be above 0 (see --help)\n"));
    assertThat(CommandRun.of("soak", "tcp://127.0.0.1:1").exitCode()).isEqualTo(2);
    CommandRun without = CommandRun.of("soak", "tcp://127.0.0.1:1", "--pid=-1", "--warmup=0");
    assertThat(without.err()).isEqualTo("soak: there is no process -1\n");
    assertThat(without.exitCode()).isEqualTo(1);
  }
}
