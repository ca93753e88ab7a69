package dev.heddle.benchmarks.baselines;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

/// HTTP/1.1 on Netty: `/plaintext` answers "Hello, World!", as in the usual plaintext benchmarks.
public final class NettyHttp extends ChannelInitializer<Channel> {
  private static final AsciiString SERVER = AsciiString.cached("netty");
  private static final String PATH = "/plaintext";
  private static final byte[] HELLO = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
  private static final ByteBuf CONTENT =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(HELLO.length).writeBytes(HELLO).asReadOnly());
  private static final AsciiString CONTENT_LENGTH =
      AsciiString.cached(Integer.toString(HELLO.length));
  private static final AsciiString NONE = AsciiString.cached("0");

  private AsciiString date = now(); // belongs to the event loop
  private boolean ticking;

  private NettyHttp() {}

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
    channel.pipeline().addLast(new HttpServerCodec(), new Plaintext());
  }

  private static AsciiString now() {
    return new AsciiString(
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
  }

  private final class Plaintext extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      try {
        if (message instanceof HttpRequest request) {
          answer(context, request);
        }
      } finally {
        ReferenceCountUtil.release(message);
      }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
      boolean broken = request.decoderResult().isFailure();
      boolean keepAlive = !broken && HttpUtil.isKeepAlive(request);
      FullHttpResponse response =
          broken
              ? empty(HttpResponseStatus.BAD_REQUEST)
              : request.uri().equals(PATH) ? hello() : empty(HttpResponseStatus.NOT_FOUND);
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
