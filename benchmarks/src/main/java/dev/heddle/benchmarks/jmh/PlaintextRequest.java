package dev.heddle.benchmarks.jmh;

import dev.heddle.ConnectionHandler;
import dev.heddle.InMemoryTransport;
import dev.heddle.backend.helidon.HelidonStack;
import dev.heddle.benchmarks.load.BrowserHeader;
import dev.heddle.benchmarks.load.HttpRequest;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// `GET /plaintext` through the codec, over a connection in memory: with `-prof gc`, how many bytes
/// a request allocates, the handler's response included.
///
/// The requests of one invocation are written together, as pipelining has it, so that what waking
/// and parking costs is shared by them all.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PlaintextRequest {
  static final int PIPELINE = 32;
  private static final int BUFFER = 64 * 1024;
  private static final String HELLO = "Hello, World!";

  /// Which heads: the same short one again and again, a browser's, or a browser's with a cookie
  /// that is never the same twice in a row.
  @Param({"repeated", "browser", "varying"})
  public String heads = "repeated";

  /// Whose codec: ours, or Helidon's with its routing, `helidon`, over the same connection.
  @Param("heddle")
  public String codec = "heddle";

  private InMemoryTransport client = InMemoryTransport.pair().client();
  private ByteBuffer requests = ByteBuffer.allocate(0);
  private final ByteBuffer replies = ByteBuffer.allocateDirect(BUFFER);
  private int replyLength;

  /// Connects, and learns how long a reply is.
  @Setup
  public void connect() throws IOException {
    client = InMemoryTransport.serve(handler());
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < PIPELINE; number++) {
      text.append(request(number));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    requests = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    client.write(ByteBuffer.wrap(request(0).getBytes(StandardCharsets.US_ASCII)));
    replies.clear();
    client.read(replies);
    replyLength = replies.position();
  }

  private ConnectionHandler handler() {
    return switch (codec) {
      case "heddle" -> Http1.of(request -> Response.text(HELLO));
      case "helidon" ->
          HelidonStack.on(
              HttpRouting.builder().get("/plaintext", (request, response) -> response.send(HELLO)));
      default -> throw new IllegalArgumentException("no such codec: " + codec);
    };
  }

  private String request(int number) {
    List<String> fields =
        switch (heads) {
          case "repeated" -> List.of();
          case "browser" -> BrowserHeader.fieldLines();
          case "varying" -> BrowserHeader.varying();
          default -> throw new IllegalArgumentException("no such heads: " + heads);
        };
    StringBuilder request = new StringBuilder("GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    for (String line : fields) {
      request.append(line.replace(HttpRequest.NUMBER, "%05d".formatted(number))).append("\r\n");
    }
    return request.append("\r\n").toString();
  }

  /// So many requests, and their replies; returns how many bytes those had.
  @Benchmark
  @OperationsPerInvocation(PIPELINE)
  public int answer() throws IOException {
    client.write(requests.rewind());
    int missing = PIPELINE * replyLength;
    while (missing > 0) {
      int length = client.read(replies.clear());
      if (length < 0) {
        throw new IOException("the server closed the connection");
      }
      missing -= length;
    }
    return missing;
  }

  /// Hangs up.
  @TearDown
  public void close() {
    client.close();
  }
}
