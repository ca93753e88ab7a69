package dev.heddle.http;

import java.time.Duration;

/// How HTTP is spoken. Times are from zero, which means for ever, to 24 days. Immutable.
///
/// @param limits how much a peer may send
/// @param headTimeout from the first byte of a head to its last; then 408
/// @param bodyTimeout how long a handler waits for the next bytes of a body; then 408
/// @param bodyRate the least a body must come at after its first [#bodyTimeout], in octets a second
///   of waiting; 0: any
/// @param keepAliveTimeout how long a connection may be without a request; then it is closed,
///   without a word
/// @param keepAliveRequests how many requests a connection may bring; 0: any number
/// @param server the value of the `Server` field; empty: none is sent
public record HttpOptions(
    HttpLimits limits,
    Duration headTimeout,
    Duration bodyTimeout,
    int bodyRate,
    Duration keepAliveTimeout,
    int keepAliveRequests,
    String server) {

  /// Ten seconds for a head, thirty of silence in a body and 256 octets a second, a minute between
  /// requests, any number of them, no `Server` field.
  public static final HttpOptions DEFAULT = builder().build();

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public HttpOptions {
    HttpLimits.check(isTime(headTimeout), "headTimeout", headTimeout, "0 or up to 24 days");
    HttpLimits.check(isTime(bodyTimeout), "bodyTimeout", bodyTimeout, "0 or up to 24 days");
    HttpLimits.check(bodyRate >= 0, "bodyRate", bodyRate, "a number from 0");
    HttpLimits.check(
        isTime(keepAliveTimeout), "keepAliveTimeout", keepAliveTimeout, "0 or up to 24 days");
    HttpLimits.check(
        keepAliveRequests >= 0, "keepAliveRequests", keepAliveRequests, "a number from 0");
  }

  private static boolean isTime(Duration duration) {
    return !duration.isNegative() && duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) <= 0;
  }

  /// A builder that starts from the defaults.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects the options; each method is named after the field it sets. Not for several threads at
  /// once.
  public static final class Builder {
    private HttpLimits limits = HttpLimits.DEFAULT;
    private Duration headTimeout = Duration.ofSeconds(10);
    private Duration bodyTimeout = Duration.ofSeconds(30);
    private int bodyRate = 256;
    private Duration keepAliveTimeout = Duration.ofMinutes(1);
    private int keepAliveRequests;
    private String server = "";

    private Builder() {}

    public Builder limits(HttpLimits value) {
      limits = value;
      return this;
    }

    public Builder headTimeout(Duration value) {
      headTimeout = value;
      return this;
    }

    public Builder bodyTimeout(Duration value) {
      bodyTimeout = value;
      return this;
    }

    public Builder bodyRate(int octetsPerSecond) {
      bodyRate = octetsPerSecond;
      return this;
    }

    public Builder keepAliveTimeout(Duration value) {
      keepAliveTimeout = value;
      return this;
    }

    public Builder keepAliveRequests(int value) {
      keepAliveRequests = value;
      return this;
    }

    public Builder server(String value) {
      server = value;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException naming the option, its value and what was expected
    public HttpOptions build() {
      return new HttpOptions(
          limits, headTimeout, bodyTimeout, bodyRate, keepAliveTimeout, keepAliveRequests, server);
    }
  }
}
