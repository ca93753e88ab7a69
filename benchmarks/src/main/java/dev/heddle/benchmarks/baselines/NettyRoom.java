package dev.heddle.benchmarks.baselines;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.charset.StandardCharsets;

/// A room on Netty: a JSON object that one member sends goes to all of them, with `from` put in.
///
/// A message is encoded once, as a whole frame, and each channel gets a view of the same bytes:
/// what a channel group is for, and less than its usual use, which encodes a frame for each.
public final class NettyRoom extends ChannelInitializer<Channel> {
  private static final int MAX_HANDSHAKE = 64 * 1024;
  private static final byte FINAL_TEXT = (byte) 0x81;
  private static final WebSocketServerProtocolConfig CONFIG =
      WebSocketServerProtocolConfig.newBuilder().websocketPath("/").checkStartsWith(true).build();

  private final ChannelGroup room = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Talk talk = new Talk();

  private NettyRoom() {}

  @Override
  protected void initChannel(Channel channel) {
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(MAX_HANDSHAKE),
            new WebSocketServerProtocolHandler(CONFIG),
            talk);
  }

  @Sharable
  private final class Talk extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
        room.add(context.channel());
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      String said = frame.text();
      if (said.startsWith("{")) {
        String from = "{\"from\":\"" + context.channel().id().asShortText() + "\",";
        var _ =
            room.writeAndFlush(
                encode(context, from + said.substring(1)), ChannelMatchers.all(), true);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable vanished) {
      var _ = context.close();
    }
  }

  private static ByteBuf encode(ChannelHandlerContext context, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuf frame = context.alloc().directBuffer(bytes.length + 10).writeByte(FINAL_TEXT);
    if (bytes.length < 126) {
      frame.writeByte(bytes.length);
    } else if (bytes.length < 1 << 16) {
      frame.writeByte(126).writeShort(bytes.length);
    } else {
      frame.writeByte(127).writeLong(bytes.length);
    }
    return frame.writeBytes(bytes);
  }

  static BaselineCommand.Server server() {
    return NettyServer.serving(new NettyRoom());
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("netty-room", args, server());
  }
}
