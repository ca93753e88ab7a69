package dev.heddle.benchmarks.baselines;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;

/// WebSocket echo at `/echo` by Helidon alone. Frames are sent back as they came: fragments as
/// fragments.
public final class HelidonWs implements WsListener {
  private static final String PATH = "/echo";

  private HelidonWs() {}

  @Override
  public void onMessage(WsSession session, String text, boolean last) {
    session.send(text, last);
  }

  @Override
  public void onMessage(WsSession session, BufferData bytes, boolean last) {
    session.send(bytes, last);
  }

  static BaselineCommand.Server server() {
    return HelidonServer.serving(
        builder -> builder.addRouting(WsRouting.builder().endpoint(PATH, new HelidonWs())));
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("helidon-ws", args, server());
  }
}
