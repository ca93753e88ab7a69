package dev.heddle.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.ServerOptions;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.ProtocolException;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Router;
import dev.heddle.http.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What OpenTelemetry's SDK has of the requests of a real server.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpansTest {
  private static final String BACKENDS = "dev.heddle.TestBackends#names";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final OpenTelemetrySdk telemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(
              SdkTracerProvider.builder()
                  .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                  .build())
          .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
          .build();

  private final HttpHandler routes =
      Router.builder()
          .get("/users/{id}", this::user)
          .get("/stream", _ -> Response.stream("text/plain", this::stream))
          .get("/stream/fails", _ -> Response.stream("text/plain", _ -> fail()))
          .get("/fails", _ -> fail())
          .get("/refuses", _ -> refuse())
          .get("/place", request -> Response.text(request.header("traceparent") + "\n"))
          .build();

  @AfterEach
  void close() {
    telemetry.close();
  }

  /// Blocks, as handlers do, with a span of its own around it.
  private Response user(Request request) throws InterruptedException {
    child("database");
    return Response.text("hello");
  }

  private void stream(OutputStream out) throws Exception {
    child("page");
    out.write(new byte[10_000]);
  }

  private void child(String name) throws InterruptedException {
    var span = telemetry.getTracer("test").spanBuilder(name).startSpan();
    Thread.sleep(1); // parks the thread: what is current has to be there behind it
    span.end();
  }

  private static Response fail() {
    throw new IllegalStateException("on purpose");
  }

  private static Response refuse() throws ProtocolException {
    throw new ProtocolException(Status.CONFLICT, "on purpose");
  }

  private String exchange(String backend, String... requests) throws IOException {
    try (Server server =
            Server.builder()
                .options(ServerOptions.builder().backend(backend).build())
                .listen(0, Http1.of(Spans.of(routes, telemetry)))
                .start();
        Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort())) {
      socket.setSoTimeout(20_000);
      for (String request : requests) {
        String head = request.replaceFirst(" HTTP/1.1", " HTTP/1.1\r\nHost: a") + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      }
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private Map<String, SpanData> spans() {
    List<SpanData> all = exporter.getFinishedSpanItems();
    return all.stream().collect(Collectors.toMap(SpanData::getName, Function.identity()));
  }

  private static String attribute(SpanData span, String name) {
    return span.getAttributes().get(AttributeKey.stringKey(name));
  }

  private static Long status(SpanData span) {
    return span.getAttributes().get(AttributeKey.longKey("http.response.status_code"));
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void aRequestIsASpanInTheTraceOfItsCaller(String backend) throws Exception {
    exchange(
        backend,
        "GET /users/7?a=b HTTP/1.1\r\nUser-Agent: test\r\ntraceparent: 00-%s-%s-01\r\ntracestate: x=y"
            .formatted(TRACE, PARENT));
    SpanData span = spans().get("GET /users/{id}");
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    assertThat(span.getParentSpanContext().isRemote()).isTrue();
    assertThat(span.getSpanContext().getTraceState().get("x")).isEqualTo("y");
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(status(span)).isEqualTo(200);
    assertThat(attribute(span, "http.request.method")).isEqualTo("GET");
    assertThat(attribute(span, "http.route")).isEqualTo("/users/{id}");
    assertThat(attribute(span, "url.path")).isEqualTo("/users/7");
    assertThat(attribute(span, "network.protocol.version")).isEqualTo("1.1");
    assertThat(attribute(span, "client.address")).isEqualTo("127.0.0.1");
    assertThat(attribute(span, "user_agent.original")).isEqualTo("test");
    SpanData child = spans().get("database");
    assertThat(child.getTraceId()).isEqualTo(TRACE);
    assertThat(child.getParentSpanId()).isEqualTo(span.getSpanId());
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void aStreamIsPartOfItsSpan(String backend) throws Exception {
    exchange(backend, "GET /stream HTTP/1.1", "HEAD /stream HTTP/1.1");
    SpanData span = spans().get("GET /stream");
    SpanData child = spans().get("page");
    assertThat(child.getParentSpanId()).isEqualTo(span.getSpanId());
    assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(child.getEndEpochNanos());
    assertThat(spans()).containsKey("HEAD /stream").hasSize(3);
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void failuresAreErrorsAndRefusalsAreNot(String backend) throws Exception {
    exchange(
        backend,
        "GET /fails HTTP/1.1",
        "GET /refuses HTTP/1.1",
        "GET /nowhere HTTP/1.1",
        "BREW /pot HTTP/1.1",
        "GET /stream/fails HTTP/1.1");
    for (String name : List.of("GET /fails", "GET /stream/fails")) {
      SpanData failed = spans().get(name);
      assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
      assertThat(attribute(failed, "error.type")).isEqualTo("java.lang.IllegalStateException");
      assertThat(failed.getEvents()).hasSize(1);
    }
    assertThat(status(spans().get("GET /refuses"))).isEqualTo(409);
    assertThat(spans().get("GET /refuses").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(status(spans().get("GET"))).isEqualTo(404);
    assertThat(attribute(spans().get("HTTP"), "http.request.method")).isEqualTo("_OTHER");
    assertThat(spans().get("HTTP").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(exporter.getFinishedSpanItems()).hasSize(5);
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void theHandlersRequestSaysTheSpansOwnPlace(String backend) throws Exception {
    String reply =
        exchange(
            backend, "GET /place HTTP/1.1\r\ntraceparent: 00-%s-%s-01".formatted(TRACE, PARENT));
    SpanData span = spans().get("GET /place");
    assertThat(reply).contains("00-" + TRACE + "-" + span.getSpanId() + "-01\n");
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void aContextThatIsMalformedIsNotContinued(String backend) throws Exception {
    exchange(
        backend,
        "GET /users/1 HTTP/1.1\r\ntraceparent: 00-%s-%s-01\r\ntraceparent: 00-%s-%s-01"
            .formatted(TRACE, PARENT, TRACE, PARENT));
    assertThat(spans().get("GET /users/{id}").getTraceId()).isNotEqualTo(TRACE);
    assertThat(spans().get("GET /users/{id}").getParentSpanContext().isValid()).isFalse();
  }
}
