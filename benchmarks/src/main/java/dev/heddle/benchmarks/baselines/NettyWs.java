package dev.heddle.benchmarks.baselines;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;

/// WebSocket echo at `/echo` on Netty, by its own handlers: they check frames and UTF-8, and answer
/// pings and the close.
public final class NettyWs extends ChannelInitializer<Channel> {
  private static final String PATH = "/echo";
  private static final int MAX_HANDSHAKE = 64 * 1024;
  private static final int MAX_FRAME = 64 << 20;
  private static final WebSocketServerProtocolConfig CONFIG =
      WebSocketServerProtocolConfig.newBuilder()
          .websocketPath(PATH)
          .maxFramePayloadLength(MAX_FRAME)
          .build();

  private final Echo echo = new Echo();

  private NettyWs() {}

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_HANDSHAKE),
            new WebSocketServerProtocolHandler(CONFIG),
            echo);
  }

  /// Frames are sent back as they came: fragments as fragments.
  @Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      var _ = context.write(frame, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable vanished) {
      var _ = context.close();
    }
  }

  static BaselineCommand.Server server() {
    return NettyServer.serving(new NettyWs());
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("netty-ws", args, server());
  }
}
