package dev.heddle;

import java.time.Duration;

/// What is set on the sockets of a listener and of the connections it accepts. Immutable.
///
/// @param reuseAddress SO_REUSEADDR on the listener: binds although old connections linger
/// @param reusePort SO_REUSEPORT on the listener: several processes share the port
/// @param noDelay TCP_NODELAY: small writes leave at once
/// @param quickAck TCP_QUICKACK, where the system has it: acknowledges at once for a start
/// @param keepAlive SO_KEEPALIVE: probes silent peers
/// @param keepIdle TCP_KEEPIDLE: silence before the first probe, in whole seconds up to 32,767;
///   zero: the system's
/// @param keepInterval TCP_KEEPINTVL: time between probes, in whole seconds up to 32,767; zero: the
///   system's
/// @param keepCount TCP_KEEPCNT: unanswered probes that end the connection, up to 127; zero: the
///   system's
/// @param receiveBuffer SO_RCVBUF in bytes; zero: the system's, which tunes itself
/// @param sendBuffer SO_SNDBUF in bytes; zero: the system's, which tunes itself
public record SocketOptions(
    boolean reuseAddress,
    boolean reusePort,
    boolean noDelay,
    boolean quickAck,
    boolean keepAlive,
    Duration keepIdle,
    Duration keepInterval,
    int keepCount,
    int receiveBuffer,
    int sendBuffer) {

  /// SO_REUSEADDR and TCP_NODELAY; all else as the system has it.
  public static final SocketOptions DEFAULT = builder().build();

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public SocketOptions {
    OptionCheck.check(
        isSeconds(keepIdle), "keepIdle", keepIdle, "whole seconds from 1 to 32767, or 0");
    OptionCheck.check(
        isSeconds(keepInterval),
        "keepInterval",
        keepInterval,
        "whole seconds from 1 to 32767, or 0");
    OptionCheck.check(
        keepCount >= 0 && keepCount <= 127, "keepCount", keepCount, "a number from 0 to 127");
    OptionCheck.check(receiveBuffer >= 0, "receiveBuffer", receiveBuffer, "bytes, 0 or more");
    OptionCheck.check(sendBuffer >= 0, "sendBuffer", sendBuffer, "bytes, 0 or more");
  }

  private static boolean isSeconds(Duration duration) {
    long seconds = duration.toSeconds();
    return duration.equals(Duration.ofSeconds(seconds)) && seconds >= 0 && seconds <= 32767;
  }

  /// A builder that starts from the defaults.
  public static Builder builder() {
    return new Builder();
  }

  /// Collects the options; each method is named after the field it sets. Not for several threads at
  /// once.
  public static final class Builder {
    private boolean reuseAddress = true;
    private boolean reusePort;
    private boolean noDelay = true;
    private boolean quickAck;
    private boolean keepAlive;
    private Duration keepIdle = Duration.ZERO;
    private Duration keepInterval = Duration.ZERO;
    private int keepCount;
    private int receiveBuffer;
    private int sendBuffer;

    private Builder() {}

    public Builder reuseAddress(boolean value) {
      reuseAddress = value;
      return this;
    }

    public Builder reusePort(boolean value) {
      reusePort = value;
      return this;
    }

    public Builder noDelay(boolean value) {
      noDelay = value;
      return this;
    }

    public Builder quickAck(boolean value) {
      quickAck = value;
      return this;
    }

    public Builder keepAlive(boolean value) {
      keepAlive = value;
      return this;
    }

    public Builder keepIdle(Duration value) {
      keepIdle = value;
      return this;
    }

    public Builder keepInterval(Duration value) {
      keepInterval = value;
      return this;
    }

    public Builder keepCount(int value) {
      keepCount = value;
      return this;
    }

    public Builder receiveBuffer(int bytes) {
      receiveBuffer = bytes;
      return this;
    }

    public Builder sendBuffer(int bytes) {
      sendBuffer = bytes;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException naming the option, its value and what was expected
    public SocketOptions build() {
      return new SocketOptions(
          reuseAddress,
          reusePort,
          noDelay,
          quickAck,
          keepAlive,
          keepIdle,
          keepInterval,
          keepCount,
          receiveBuffer,
          sendBuffer);
    }
  }
}
