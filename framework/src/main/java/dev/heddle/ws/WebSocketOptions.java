package dev.heddle.ws;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How WebSockets are spoken. Sizes are in bytes; times are up to 24 days, and zero means for ever.
/// Immutable.
///
/// @param maxMessage the largest message that [WebSocket#receive()] takes, decompressed; beyond it
///   the peer is told 1009. What is received as a stream has no limit
/// @param maxFrame the largest frame, as it is sent, from 125; beyond it 1009
/// @param pingInterval a peer that is silent for so long is sent a Ping, and if it stays silent for
///   as long again it is taken to be dead; zero: no Pings
/// @param idleTimeout how long the peer may send nothing between its messages, whether it answers
///   Pings or not
/// @param readTimeout how long the peer may send nothing within a message
/// @param closeTimeout how long the peer may take to answer a Close frame; then the connection is
///   cut. At least a millisecond
/// @param subprotocols those that the handler speaks: of them, the one that the peer names first is
///   chosen
/// @param origins which pages may connect
/// @param compression null: none
public record WebSocketOptions(
    int maxMessage,
    long maxFrame,
    Duration pingInterval,
    Duration idleTimeout,
    Duration readTimeout,
    Duration closeTimeout,
    List<String> subprotocols,
    OriginPolicy origins,
    @Nullable CompressionOptions compression) {

  /// What an array of the JDK surely holds.
  private static final int MAX_MESSAGE = Integer.MAX_VALUE - 64;

  /// 1 MiB for a message, any frame, a Ping after thirty seconds, no limit for a peer that answers
  /// them, thirty seconds within a message, five for a Close, pages of the same origin,
  /// compression.
  public static final WebSocketOptions DEFAULT = builder().build();

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public WebSocketOptions {
    check(
        maxMessage >= 0 && maxMessage <= MAX_MESSAGE,
        "maxMessage",
        maxMessage,
        "0 to " + MAX_MESSAGE);
    check(maxFrame >= 125, "maxFrame", maxFrame, "a number from 125");
    check(isTime(pingInterval), "pingInterval", pingInterval, "0 or up to 24 days");
    check(isTime(idleTimeout), "idleTimeout", idleTimeout, "0 or up to 24 days");
    check(isTime(readTimeout), "readTimeout", readTimeout, "0 or up to 24 days");
    check(
        isTime(closeTimeout) && closeTimeout.toMillis() > 0,
        "closeTimeout",
        closeTimeout,
        "a millisecond up to 24 days");
    subprotocols = List.copyOf(subprotocols);
    check(
        new HashSet<>(subprotocols).size() == subprotocols.size()
            && subprotocols.stream().allMatch(FieldValues::isToken),
        "subprotocols",
        subprotocols,
        "tokens, each once");
  }

  static void check(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is " + value + ": expected " + expected);
    }
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
    private int maxMessage = 1024 * 1024;
    private long maxFrame = Long.MAX_VALUE;
    private Duration pingInterval = Duration.ofSeconds(30);
    private Duration idleTimeout = Duration.ZERO;
    private Duration readTimeout = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(5);
    private List<String> subprotocols = List.of();
    private OriginPolicy origins = OriginPolicy.sameOrigin();
    private @Nullable CompressionOptions compression = CompressionOptions.DEFAULT;

    private Builder() {}

    public Builder maxMessage(int bytes) {
      maxMessage = bytes;
      return this;
    }

    public Builder maxFrame(long bytes) {
      maxFrame = bytes;
      return this;
    }

    public Builder pingInterval(Duration value) {
      pingInterval = value;
      return this;
    }

    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    public Builder readTimeout(Duration value) {
      readTimeout = value;
      return this;
    }

    public Builder closeTimeout(Duration value) {
      closeTimeout = value;
      return this;
    }

    public Builder subprotocols(String... names) {
      subprotocols = List.of(names);
      return this;
    }

    public Builder origins(OriginPolicy value) {
      origins = value;
      return this;
    }

    public Builder compression(@Nullable CompressionOptions value) {
      compression = value;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException naming the option, its value and what was expected
    public WebSocketOptions build() {
      return new WebSocketOptions(
          maxMessage,
          maxFrame,
          pingInterval,
          idleTimeout,
          readTimeout,
          closeTimeout,
          subprotocols,
          origins,
          compression);
    }
  }
}
