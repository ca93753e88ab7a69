package dev.heddle.demo.ws;

import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.HttpOptions;
import dev.heddle.launcher.ForwardedFlags;
import dev.heddle.launcher.Launcher;
import dev.heddle.launcher.ServerFlags;
import dev.heddle.launcher.SizeConverter;
import dev.heddle.ws.CompressionOptions;
import dev.heddle.ws.MailboxPolicy;
import dev.heddle.ws.RoomOptions;
import dev.heddle.ws.WebSocketOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A WebSocket server on any backend, with a chat to use in a browser.
@Command(
    name = "ws",
    description =
        "Serves WebSockets on any backend: an echo at /echo, and a chat, whose page is /.")
public final class WsDemo implements Callable<Integer> {
  @Option(
      names = "--ping-interval",
      paramLabel = "<time>",
      description =
          "Ask a peer that has been silent for so long whether it is there; 0: never (default"
              + " ${DEFAULT-VALUE})")
  Duration pingInterval = WebSocketOptions.DEFAULT.pingInterval();

  @Option(
      names = "--max-message",
      paramLabel = "<size>",
      converter = SizeConverter.class,
      description = "The largest message that a peer may send (default ${DEFAULT-VALUE})")
  int maxMessage = 64 * 1024;

  @Option(
      names = "--compression",
      negatable = true,
      fallbackValue = "true",
      description = "Compress messages for peers that can (default ${DEFAULT-VALUE})")
  boolean compression = true;

  @Option(
      names = "--mailbox",
      paramLabel = "<n>",
      converter = AtLeastOne.class,
      description = "Messages that may wait for a slow member (default ${DEFAULT-VALUE})")
  int mailbox = RoomOptions.DEFAULT.mailbox();

  @Option(
      names = "--slow-member",
      paramLabel = "<policy>",
      converter = PolicyConverter.class,
      description =
          "What happens when more would have to wait: drop-oldest, drop-newest or close (default"
              + " drop-oldest)")
  MailboxPolicy slowMember = RoomOptions.DEFAULT.policy();

  @Option(
      names = "--history",
      paramLabel = "<n>",
      description = "Messages that who joins a room is shown (default ${DEFAULT-VALUE})")
  int history = ChatLimits.DEFAULT.history();

  @Option(
      names = "--max-rooms",
      paramLabel = "<n>",
      converter = AtLeastOne.class,
      description = "Rooms open at a time (default ${DEFAULT-VALUE})")
  int maxRooms = ChatLimits.DEFAULT.rooms();

  @Option(
      names = "--max-members",
      paramLabel = "<n>",
      converter = AtLeastOne.class,
      description = "Members of a room (default ${DEFAULT-VALUE})")
  int maxMembers = ChatLimits.DEFAULT.members();

  @Mixin private final ForwardedFlags forwarded = new ForwardedFlags();

  @Mixin private final ServerFlags flags = ServerFlags.withPort(8080).speaking("http/1.1");

  WsDemo() {}

  /// Serves until told to end: see `--help`.
  public static void main(String[] args) {
    System.exit(Launcher.execute(new WsDemo(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ChatLimits limits = new ChatLimits(maxRooms, maxMembers, history);
    RoomOptions room = new RoomOptions(mailbox, slowMember);
    HttpOptions http = HttpOptions.builder().server("heddle").build();
    HttpHandler routes = Routes.of(new Rooms(limits, room), options());
    return flags.serve(Http1.of(forwarded.before(routes, flags), http));
  }

  private WebSocketOptions options() {
    return WebSocketOptions.builder()
        .pingInterval(pingInterval)
        .maxMessage(maxMessage)
        .compression(compression ? CompressionOptions.DEFAULT : null)
        .build();
  }
}
