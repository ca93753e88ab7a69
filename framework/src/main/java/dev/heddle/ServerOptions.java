package dev.heddle;

import java.time.Duration;

/// How a server runs, whatever it serves. Immutable.
///
/// Times are from zero to 24 days; a timeout of zero means for ever, unless said otherwise. They
/// are held late by up to a tenth of the shortest in use, and by a second at most; never early.
///
/// @param backend the name of the engine: `virtual`, `selector`, `platform`, `pool`, or one that
///   the application brings
/// @param loops event loops of the selector backend, up to 1,024; 0: one a core
/// @param threads threads of the pool backend, up to 100,000; 0: 100
/// @param carrier what carries the virtual threads of the selector backend
/// @param selectorProvider which system call the selector backend waits with
/// @param loopStallWarning how long a handler may hold an event loop before its stack is logged;
///   zero: no watch is kept
/// @param backlog connections the system holds before they are accepted, from 1; the system may
///   hold fewer
/// @param maxConnections open at a time, in all; 0: as many as descriptors allow
/// @param maxConnectionsPerAddress open at a time from one address, or one /64 of IPv6; 0: no limit
///   of its own
/// @param maxConnectionRatePerAddress how often one address, or one /64 of IPv6, may connect
/// @param trustedProxies who may speak for others, by the PROXY protocol or by fields of HTTP: the
///   limits per address hold for those, not for these
/// @param idleTimeout how long a peer may be silent where the protocol sets no time of its own
/// @param writeTimeout how long a peer may accept no bytes while some wait for it; noticed as the
///   system's buffers do, which report room when a good part of them is free, and on platform
///   threads by 16 KiB
/// @param connectionTimeout how long a connection may last
/// @param drainDelay how long a closing server still accepts as if nothing were, so that those who
///   ask [Server#isClosing()] can send new connections elsewhere
/// @param grace how long a closing server waits for those working; zero: not at all
/// @param sockets what is set on sockets
public record ServerOptions(
    String backend,
    int loops,
    int threads,
    Carrier carrier,
    SelectorProviderKind selectorProvider,
    Duration loopStallWarning,
    int backlog,
    int maxConnections,
    int maxConnectionsPerAddress,
    Rate maxConnectionRatePerAddress,
    Networks trustedProxies,
    Duration idleTimeout,
    Duration writeTimeout,
    Duration connectionTimeout,
    Duration drainDelay,
    Duration grace,
    SocketOptions sockets) {

  static final Duration DEFAULT_LOOP_STALL_WARNING = Duration.ofMillis(500);

  /// Virtual threads, no limit on connections, five minutes of silence, thirty seconds for a
  /// stalled write, ten of grace.
  public static final ServerOptions DEFAULT = builder().build();

  /// Checks the values.
  ///
  /// @throws IllegalArgumentException naming the option, its value and what was expected
  public ServerOptions {
    OptionCheck.check(!backend.isBlank(), "backend", backend, "the name of a backend");
    OptionCheck.check(loops >= 0 && loops <= 1024, "loops", loops, "a number from 0 to 1024");
    OptionCheck.check(
        threads >= 0 && threads <= 100_000, "threads", threads, "a number from 0 to 100000");
    OptionCheck.check(
        isTime(loopStallWarning), "loopStallWarning", loopStallWarning, "0 or up to 24 days");
    OptionCheck.check(backlog >= 1, "backlog", backlog, "a number from 1");
    OptionCheck.check(maxConnections >= 0, "maxConnections", maxConnections, "a number from 0");
    OptionCheck.check(
        maxConnectionsPerAddress >= 0,
        "maxConnectionsPerAddress",
        maxConnectionsPerAddress,
        "a number from 0");
    OptionCheck.check(isTime(idleTimeout), "idleTimeout", idleTimeout, "0 or up to 24 days");
    OptionCheck.check(isTime(writeTimeout), "writeTimeout", writeTimeout, "0 or up to 24 days");
    OptionCheck.check(
        isTime(connectionTimeout), "connectionTimeout", connectionTimeout, "0 or up to 24 days");
    OptionCheck.check(isTime(drainDelay), "drainDelay", drainDelay, "0 or up to 24 days");
    OptionCheck.check(isTime(grace), "grace", grace, "0 or up to 24 days");
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
    private String backend = "virtual";
    private int loops;
    private int threads;
    private Carrier carrier = Carrier.AUTO;
    private SelectorProviderKind selectorProvider = SelectorProviderKind.SYSTEM;
    private Duration loopStallWarning = DEFAULT_LOOP_STALL_WARNING;
    private int backlog = 1024;
    private int maxConnections;
    private int maxConnectionsPerAddress;
    private Rate maxConnectionRatePerAddress = Rate.UNLIMITED;
    private Networks trustedProxies = Networks.NONE;
    private Duration idleTimeout = Duration.ofMinutes(5);
    private Duration writeTimeout = Duration.ofSeconds(30);
    private Duration connectionTimeout = Duration.ZERO;
    private Duration drainDelay = Duration.ZERO;
    private Duration grace = Duration.ofSeconds(10);
    private SocketOptions sockets = SocketOptions.DEFAULT;

    private Builder() {}

    public Builder backend(String name) {
      backend = name;
      return this;
    }

    public Builder loops(int value) {
      loops = value;
      return this;
    }

    public Builder threads(int value) {
      threads = value;
      return this;
    }

    public Builder carrier(Carrier value) {
      carrier = value;
      return this;
    }

    public Builder selectorProvider(SelectorProviderKind value) {
      selectorProvider = value;
      return this;
    }

    public Builder loopStallWarning(Duration value) {
      loopStallWarning = value;
      return this;
    }

    public Builder backlog(int value) {
      backlog = value;
      return this;
    }

    public Builder maxConnections(int value) {
      maxConnections = value;
      return this;
    }

    public Builder maxConnectionsPerAddress(int value) {
      maxConnectionsPerAddress = value;
      return this;
    }

    public Builder maxConnectionRatePerAddress(Rate value) {
      maxConnectionRatePerAddress = value;
      return this;
    }

    public Builder trustedProxies(Networks value) {
      trustedProxies = value;
      return this;
    }

    public Builder idleTimeout(Duration value) {
      idleTimeout = value;
      return this;
    }

    public Builder writeTimeout(Duration value) {
      writeTimeout = value;
      return this;
    }

    public Builder connectionTimeout(Duration value) {
      connectionTimeout = value;
      return this;
    }

    public Builder drainDelay(Duration value) {
      drainDelay = value;
      return this;
    }

    public Builder grace(Duration value) {
      grace = value;
      return this;
    }

    public Builder sockets(SocketOptions value) {
      sockets = value;
      return this;
    }

    /// The options.
    ///
    /// @throws IllegalArgumentException naming the option, its value and what was expected
    public ServerOptions build() {
      return new ServerOptions(
          backend,
          loops,
          threads,
          carrier,
          selectorProvider,
          loopStallWarning,
          backlog,
          maxConnections,
          maxConnectionsPerAddress,
          maxConnectionRatePerAddress,
          trustedProxies,
          idleTimeout,
          writeTimeout,
          connectionTimeout,
          drainDelay,
          grace,
          sockets);
    }
  }
}
