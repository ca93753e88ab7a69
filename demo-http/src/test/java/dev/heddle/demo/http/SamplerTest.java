package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.http.Http1;
import dev.heddle.http.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AtomicBoolean watched = new AtomicBoolean();
  private final Sampler sampler = new Sampler(watched::get, 0);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Server server;

  @BeforeEach
  void start() throws Exception {
    assertThat(sampler.sample(0)).as("before the server has started").isNull();
    server =
        Server.builder().observer(sampler).listen(0, Http1.of(_ -> Response.text("hello"))).start();
  }

  @AfterEach
  void close() {
    server.close();
    client.shutdownNow();
  }

  private void get(int times) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.localAddress().getPort());
    for (int i = 0; i < times; i++) {
      client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @Test
  void whereNothingHappensThereIsNoLatency() {
    assertThat(sampler.sample(SECOND)).isEqualTo(new Sample(1, 0, 0, 0, 0, null));
  }

  @Test
  void aRateIsOfItsIntervalAndACountOfAll() throws Exception {
    get(10);
    Sample first = sampler.sample(2 * SECOND);
    assertThat(first.perSecond()).isEqualTo(5);
    assertThat(first.connections()).isEqualTo(1);
    assertThat(first.accepted()).isEqualTo(1);
    get(1);
    Sample second = sampler.sample(3 * SECOND);
    assertThat(second.perSecond()).isEqualTo(1);
    assertThat(second.requests()).isEqualTo(11);
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void requestsAreTimedWhileSomebodyWatches() throws Exception {
    get(3);
    assertThat(sampler.sample(SECOND).latency()).isNull();
    watched.set(true);
    get(3);
    assertThat(sampler.sample(2 * SECOND).latency().median()).isPositive();
  }
}
