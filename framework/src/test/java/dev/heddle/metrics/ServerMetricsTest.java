package dev.heddle.metrics;

import static dev.heddle.metrics.ObservedServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.HandshakeFailure;
import dev.heddle.MessageKind;
import dev.heddle.ServedRequest;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Router;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is counted adds up, and Prometheus can read it.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerMetricsTest {
  private static final String BACKENDS = "dev.heddle.TestBackends#names";

  private final ServerMetrics metrics = new ServerMetrics();

  private Map<String, Double> scrape() {
    return scrape(metrics);
  }

  private static Map<String, Double> scrape(MetricSource... sources) {
    Response.Full response =
        (Response.Full) PrometheusHandler.of(sources).handle(Request.of("GET", "/metrics"));
    return PrometheusParser.parse(new String(response.body(), StandardCharsets.UTF_8));
  }

  private static String labels(String method, String route, String status) {
    return "{method=\"%s\",protocol=\"HTTP/1.1\",route=\"%s\",status=\"%s\"}"
        .formatted(method, route, status);
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void eachRequestCountsOnceUnderItsLabels(String backend) throws Exception {
    try (ObservedServer server = new ObservedServer(backend, metrics)) {
      server.exchange(
          request("GET /users/1").repeat(3)
              + request("HEAD /users/2")
              + "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd"
              + request("GET /fails")
              + request("GET /refuses")
              + request("BREW /pot/" + 17)
              + request("GET /nowhere/" + 4711));
      server.exchange(request("GET /cut"));
      server.exchange(request("GET /users/3") + "nonsense\r\n\r\n");
      server.exchange(
          "GET /upgrade HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nabc");

      Map<String, Double> now = scrape();
      String total = "heddle_http_requests_total";
      Map<String, Double> requests = new HashMap<>(now);
      requests.keySet().removeIf(key -> !key.startsWith(total + "{"));
      assertThat(requests)
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  total + labels("GET", "/users/{id}", "2xx"), 4.0,
                  total + labels("HEAD", "/users/{id}", "2xx"), 1.0,
                  total + labels("POST", "/echo", "2xx"), 1.0,
                  total + labels("GET", "/fails", "5xx"), 1.0,
                  total + labels("GET", "/refuses", "4xx"), 1.0,
                  total + labels("_OTHER", "(unmatched)", "5xx"), 1.0,
                  total + labels("GET", "(unmatched)", "4xx"), 1.0,
                  total + labels("GET", "/cut", "2xx"), 1.0,
                  total + labels("GET", "/upgrade", "1xx"), 1.0));
      assertThat(now)
          .containsEntry(
              "heddle_http_request_duration_seconds_count" + labels("GET", "/users/{id}", "2xx"),
              4.0)
          .containsEntry("heddle_http_requests_cut_short_total" + labels("GET", "/cut", "2xx"), 1.0)
          .containsEntry(
              "heddle_http_requests_cut_short_total" + labels("GET", "/fails", "5xx"), 0.0)
          .containsEntry(
              "heddle_http_request_body_bytes_total" + labels("POST", "/echo", "2xx"), 4.0)
          .containsEntry(
              "heddle_http_response_body_bytes_total" + labels("GET", "/users/{id}", "2xx"), 20.0)
          .containsEntry(
              "heddle_http_response_body_bytes_total" + labels("HEAD", "/users/{id}", "2xx"), 0.0)
          .containsEntry("heddle_http_requests_refused_total{status=\"400\"}", 1.0)
          .containsEntry("heddle_http_requests_in_progress", 0.0)
          .containsEntry("heddle_connections_accepted_total", 4.0)
          .containsEntry("heddle_handler_failures_total", 0.0);
    }
  }

  @Tag("every-backend")
  @ParameterizedTest
  @MethodSource(BACKENDS)
  void whatIsUnderWayIsSeen(String backend) throws Exception {
    List<Map<String, Double>> seen = new ArrayList<>();
    try (ObservedServer server =
            new ObservedServer(
                backend,
                Router.builder()
                    .get(
                        "/metrics",
                        request -> {
                          seen.add(scrape());
                          return PrometheusHandler.of(metrics).handle(request);
                        })
                    .build(),
                metrics);
        Socket idle = server.connect()) {
      idle.getOutputStream().write(request("GET /nowhere").getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().readNBytes(100)).hasSize(100);
      String reply = server.exchange(request("GET /metrics"));
      assertThat(reply)
          .contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
          .contains("heddle_server_info{backend=\"" + backend + "\"");
      PrometheusParser.parse(reply.substring(reply.indexOf("\r\n\r\n") + 4));
    }
    assertThat(seen.getFirst())
        .containsEntry("heddle_http_requests_in_progress", 1.0)
        .containsEntry("heddle_connections{phase=\"working\"}", 1.0)
        .containsEntry("heddle_connections{phase=\"awaiting\"}", 1.0)
        .containsEntry("heddle_server_closing", 0.0);
    assertThat(
            seen.getFirst().keySet().stream().anyMatch(key -> key.startsWith("heddle_loop_turns")))
        .isEqualTo(backend.equals("selector"));
    assertThat(scrape()).containsEntry("heddle_server_closing", 1.0);
  }

  @Test
  void manyThreadsLoseNoCount() throws Exception {
    ServedRequest request = new ServedRequest("HTTP/1.1", "GET", "/a", 200, 1, 2, 300_000, false);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 1000; n++) {
                      metrics.requestStarted(null).served(request);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    String labels = labels("GET", "/a", "2xx");
    assertThat(scrape())
        .containsEntry("heddle_http_requests_total" + labels, 50_000.0)
        .containsEntry("heddle_http_requests_cut_short_total" + labels, 50_000.0)
        .containsEntry("heddle_http_request_body_bytes_total" + labels, 50_000.0)
        .containsEntry("heddle_http_response_body_bytes_total" + labels, 100_000.0)
        .containsEntry("heddle_http_request_duration_seconds_sum" + labels, 15.0)
        .containsEntry(bucket("2.5E-4"), 0.0)
        .containsEntry(bucket("5.0E-4"), 50_000.0);
  }

  private static String bucket(String bound) {
    return "heddle_http_request_duration_seconds_bucket{le=\"%s\",%s"
        .formatted(bound, labels("GET", "/a", "2xx").substring(1));
  }

  @Test
  void routesThatAreTooManyShareALabel() {
    for (int i = 0; i < LabelledSeries.MOST + 100; i++) {
      metrics
          .requestStarted(null)
          .served(new ServedRequest("HTTP/1.1", "GET", "/" + i, 200, 0, 0, 1, true));
    }
    assertThat(scrape())
        .containsEntry("heddle_http_requests_total" + labels("GET", "_OTHER", "2xx"), 100.0);
  }

  @Test
  void handshakeFailuresAreCountedByReason() {
    metrics.handshakeFailed(null, HandshakeFailure.PLAIN_HTTP);
    metrics.handshakeFailed(null, HandshakeFailure.PLAIN_HTTP);
    metrics.handshakeFailed(null, HandshakeFailure.CERTIFICATE);
    assertThat(scrape())
        .containsEntry("heddle_tls_handshake_failures_total{reason=\"plain_http\"}", 2.0)
        .containsEntry("heddle_tls_handshake_failures_total{reason=\"certificate\"}", 1.0)
        .containsEntry("heddle_tls_handshake_failures_total{reason=\"timeout\"}", 0.0);
  }

  @Test
  void webSocketsAreCountedByKindDirectionAndCode() {
    metrics.webSocketOpened(null);
    metrics.webSocketOpened(null);
    metrics.messageReceived(null, MessageKind.TEXT, 10);
    metrics.messageReceived(null, MessageKind.TEXT, 5);
    metrics.messageSent(null, MessageKind.BINARY, 7);
    metrics.webSocketClosed(null, 1001);
    assertThat(scrape())
        .containsEntry("heddle_websocket_connections", 1.0)
        .containsEntry("heddle_websocket_opened_total", 2.0)
        .containsEntry("heddle_websocket_closed_total{code=\"1001\"}", 1.0)
        .containsEntry("heddle_websocket_messages_total{direction=\"received\",kind=\"text\"}", 2.0)
        .containsEntry(
            "heddle_websocket_message_bytes_total{direction=\"received\",kind=\"text\"}", 15.0)
        .containsEntry("heddle_websocket_messages_total{direction=\"sent\",kind=\"binary\"}", 1.0);
    metrics.webSocketClosed(null, 3999);
    metrics.webSocketClosed(null, 4000);
    metrics.webSocketClosed(null, 65535);
    metrics.webSocketClosed(null, 2000);
    assertThat(scrape().keySet())
        .contains(
            "heddle_websocket_closed_total{code=\"3xxx\"}",
            "heddle_websocket_closed_total{code=\"4xxx\"}",
            "heddle_websocket_closed_total{code=\"other\"}");
  }

  @Test
  void theProcessTellsUnderTheNamesOfPrometheus() {
    Map<String, Double> process = scrape(new ProcessMetrics());
    for (String name :
        List.of(
            "process_cpu_seconds_total",
            "process_start_time_seconds",
            "process_uptime_seconds",
            "process_resident_memory_bytes",
            "process_virtual_memory_bytes",
            "process_open_fds",
            "process_max_fds",
            "jvm_threads_current",
            "jvm_memory_used_bytes{area=\"heap\"}")) {
      assertThat(process.get(name)).as(name).isPositive();
    }
    assertThat(process.keySet()).anyMatch(key -> key.startsWith("jvm_gc_collection_seconds_count"));
  }

  @Test
  void theyAreOfOneServer() throws Exception {
    try (ObservedServer first = new ObservedServer("virtual", metrics)) {
      assertThatThrownBy(() -> metrics.serverStarted(first.server))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("these metrics are of another server: make some for each");
    }
  }

  @Test
  void stallsAreCountedByLoop() throws Exception {
    try (ObservedServer server = new ObservedServer("selector", metrics)) {
      metrics.loopStalled("heddle-loop-0", Duration.ofSeconds(1));
      assertThat(scrape()).containsEntry("heddle_loop_stalls_total{loop=\"heddle-loop-0\"}", 1.0);
      assertThat(server.server.loops()).isNotEmpty();
    }
  }
}
