package dev.heddle.benchmarks.baselines;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// TCP echo on Netty, after the echo server of its own examples.
@Sharable
public final class NettyEcho extends ChannelInboundHandlerAdapter {
  private NettyEcho() {}

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var _ = context.write(message, context.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    // Reads no more from a client that does not take its echo.
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable vanished) {
    var _ = context.close();
  }

  static BaselineCommand.Server server() {
    return NettyServer.serving(new NettyEcho());
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("netty-echo", args, server());
  }
}
