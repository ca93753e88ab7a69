package dev.heddle.benchmarks.baselines;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Netty as its documentation tunes it: native epoll where there is one, one event loop, which also
/// accepts, TCP_NODELAY, and pooled direct buffers, which are its default.
final class NettyServer {
  private static final int BACKLOG = 4096;

  private NettyServer() {}

  /// Serves with the handlers that `pipeline` adds to each new connection.
  static BaselineCommand.Server serving(ChannelHandler pipeline) {
    return (address, listening) -> {
      boolean epoll = Epoll.isAvailable();
      IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
      Class<? extends ServerChannel> type =
          epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
      EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, io);
      try {
        Channel listener =
            new ServerBootstrap()
                .group(loop)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(pipeline)
                .bind(address)
                .sync()
                .channel();
        listening.accept((InetSocketAddress) listener.localAddress());
        listener.closeFuture().sync();
      } finally {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
      }
    };
  }
}
