package dev.heddle.benchmarks.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/// What to load, and with which connections. How fast and for how long is said window by window.
///
/// @param connections how many connections to open
/// @param threads how many threads share them
/// @param payload bytes of a message; 0: as usual for the protocol. For HTTP the request says it.
/// @param pipeline the most messages under way on a connection at a time
/// @param connectRate the most connections to open per second
/// @param timeout how long a connection may take to open, and a server to reply
/// @param request what an HTTP server is asked; its field lines go into a WebSocket's handshake,
///   too
public record LoadPlan(
    Target target,
    int connections,
    int threads,
    int payload,
    int pipeline,
    int connectRate,
    Duration timeout,
    HttpRequest request) {
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final int MAX_PAYLOAD = 64 << 20;
  private static final int MAX_PIPELINE = 1 << 16;

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException when a number is out of its range
  public LoadPlan {
    Objects.requireNonNull(target);
    Objects.requireNonNull(request);
    requireRange("connections", connections, MAX_CONNECTIONS);
    requireRange("threads", threads, connections);
    if (payload == 0) {
      payload = target.scheme().usualPayload();
    } else {
      requireRange("payload", payload, MAX_PAYLOAD);
    }
    requireRange("pipeline", pipeline, MAX_PIPELINE);
    requireRange("connect-rate", connectRate, MAX_CONNECTIONS);
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be above 0");
    }
  }

  private static void requireRange(String name, int value, int max) {
    if (value < 1 || value > max) {
      throw new IllegalArgumentException(name + " must be from 1 to " + max + ", not " + value);
    }
  }

  /// The usual plan for a target: 64 connections, one thread, one message of the usual size at a
  /// time.
  public static Builder to(Target target) {
    return new Builder(target);
  }

  /// What one message is, in words: `64 bytes`.
  public String message() {
    return switch (target.scheme()) {
      case TCP -> String.format(Locale.ROOT, "%,d bytes", payload);
      case WS -> String.format(Locale.ROOT, "text of %,d bytes", payload);
      case HTTP -> request.method() + " " + target.requestTarget();
    };
  }

  Exchange newExchange() {
    return switch (target.scheme()) {
      case TCP -> new TcpExchange(payload);
      case HTTP -> new HttpExchange(target, request);
      case WS -> new WsExchange(target, payload, request.fieldLines());
    };
  }

  /// Builds a [LoadPlan]. Each method is named after the component that it sets.
  public static final class Builder {
    private final Target target;
    private int connections = 64;
    private int threads = 1;
    private int payload;
    private int pipeline = 1;
    private int connectRate = 5_000;
    private Duration timeout = Duration.ofSeconds(5);
    private HttpRequest request = HttpRequest.GET;

    private Builder(Target target) {
      this.target = target;
    }

    public Builder connections(int connections) {
      this.connections = connections;
      return this;
    }

    public Builder threads(int threads) {
      this.threads = threads;
      return this;
    }

    public Builder payload(int payload) {
      this.payload = payload;
      return this;
    }

    public Builder pipeline(int pipeline) {
      this.pipeline = pipeline;
      return this;
    }

    public Builder connectRate(int connectRate) {
      this.connectRate = connectRate;
      return this;
    }

    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    public Builder request(HttpRequest request) {
      this.request = request;
      return this;
    }

    /// The plan.
    ///
    /// @throws IllegalArgumentException as [LoadPlan]
    public LoadPlan build() {
      return new LoadPlan(
          target, connections, threads, payload, pipeline, connectRate, timeout, request);
    }
  }
}
