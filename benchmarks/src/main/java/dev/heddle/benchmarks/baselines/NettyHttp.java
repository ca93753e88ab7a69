package dev.heddle.benchmarks.baselines;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 on Netty: `/plaintext` answers "Hello, World!", as in the usual plaintext benchmarks;
/// the other [HttpPaths] without an aggregator, and without a thread that sleeps.
public final class NettyHttp extends ChannelInitializer<Channel> {
  private static final AsciiString SERVER = AsciiString.cached("netty");
  private static final ByteBuf CONTENT = constant(HttpPaths.HELLO_BYTES);
  private static final AsciiString CONTENT_LENGTH =
      AsciiString.cached(Integer.toString(HttpPaths.HELLO_BYTES.length));
  private static final ByteBuf DOWNLOAD = constant(new byte[HttpPaths.DOWNLOAD_LENGTH]);
  private static final AsciiString DOWNLOAD_LENGTH =
      AsciiString.cached(Integer.toString(HttpPaths.DOWNLOAD_LENGTH));
  private static final AsciiString BYTES = AsciiString.cached(HttpPaths.BYTES);
  private static final AsciiString NONE = AsciiString.cached("0");

  private AsciiString date = now(); // belongs to the event loop
  private boolean ticking;

  private NettyHttp() {}

  private static ByteBuf constant(byte[] bytes) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
  }

  @Override
  protected void initChannel(Channel channel) {
    if (!ticking) {
      ticking = true;
      var _ =
          channel
              .eventLoop()
              .parent()
              .next()
              .scheduleAtFixedRate(() -> date = now(), 1, 1, TimeUnit.SECONDS);
    }
    channel.pipeline().addLast(new HttpServerCodec(), new Exchange());
  }

  private static AsciiString now() {
    return new AsciiString(HttpPaths.date());
  }

  private final class Exchange extends ChannelInboundHandlerAdapter {
    private @Nullable CompositeByteBuf posted; // what is to be echoed, while it comes
    private boolean keepAlive;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof HttpRequest request) {
          begin(context, request);
        }
        if (posted != null && message instanceof HttpContent content) {
          posted.addComponent(true, content.content().retain());
          if (message instanceof LastHttpContent) {
            ByteBuf echo = posted;
            posted = null;
            answer(context, bytes(echo, AsciiString.of(Integer.toString(echo.readableBytes()))));
          }
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
      boolean broken = request.decoderResult().isFailure();
      keepAlive = !broken && HttpUtil.isKeepAlive(request);
      if (broken) {
        answer(context, empty(HttpResponseStatus.BAD_REQUEST));
        return;
      }
      String path = request.uri();
      switch (path) {
        case HttpPaths.PLAINTEXT -> answer(context, hello());
        case HttpPaths.ECHO -> posted = context.alloc().compositeBuffer();
        case HttpPaths.DOWNLOAD -> answer(context, bytes(DOWNLOAD.duplicate(), DOWNLOAD_LENGTH));
        default -> {
          if (path.startsWith(HttpPaths.SLEEP)) {
            var _ =
                context
                    .executor()
                    .schedule(
                        () -> {
                          answer(context, hello());
                          context.flush();
                        },
                        HttpPaths.millis(path),
                        TimeUnit.MILLISECONDS);
          } else {
            answer(context, empty(HttpResponseStatus.NOT_FOUND));
          }
        }
      }
    }

    private void answer(ChannelHandlerContext context, FullHttpResponse response) {
      if (keepAlive) {
        var _ = context.write(response, context.voidPromise());
      } else {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.write(response).addListener(ChannelFutureListener.CLOSE);
      }
    }

    private FullHttpResponse hello() {
      FullHttpResponse response =
          response(HttpResponseStatus.OK, CONTENT.duplicate(), CONTENT_LENGTH);
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.TEXT_PLAIN);
      return response;
    }

    private FullHttpResponse bytes(ByteBuf content, AsciiString length) {
      FullHttpResponse response = response(HttpResponseStatus.OK, content, length);
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, BYTES);
      return response;
    }

    private FullHttpResponse empty(HttpResponseStatus status) {
      return response(status, Unpooled.EMPTY_BUFFER, NONE);
    }

    private FullHttpResponse response(
        HttpResponseStatus status, ByteBuf content, AsciiString length) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_LENGTH, length)
          .set(HttpHeaderNames.SERVER, SERVER)
          .set(HttpHeaderNames.DATE, date);
      return response;
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
    return NettyServer.serving(new NettyHttp());
  }

  /// Serves until the process is ended.
  public static void main(String[] args) {
    BaselineCommand.run("netty-http", args, server());
  }
}
