package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What options may hold, and what is said of those that do not: the option, its value, and what
/// was expected.
class OptionsTest {
  private static final Duration TOO_LONG = Duration.ofMillis(Integer.MAX_VALUE + 1L);

  /// One bad value.
  record Bad(String option, Object value, String expected, Runnable build) {
    @Override
    public String toString() {
      return option + " " + value;
    }
  }

  private static final String TIME = "0 or up to 24 days";

  static Stream<Bad> badValues() {
    return Stream.of(
        bad("backend", "", "the name of a backend", o().backend("")),
        bad("backend", "  ", "the name of a backend", o().backend("  ")),
        bad("loops", -1, "a number from 0 to 1024", o().loops(-1)),
        bad("loops", 1025, "a number from 0 to 1024", o().loops(1025)),
        bad("threads", -1, "a number from 0 to 100000", o().threads(-1)),
        bad("threads", 100_001, "a number from 0 to 100000", o().threads(100_001)),
        bad("loopStallWarning", millis(-1), TIME, o().loopStallWarning(millis(-1))),
        bad("loopStallWarning", TOO_LONG, TIME, o().loopStallWarning(TOO_LONG)),
        bad("backlog", 0, "a number from 1", o().backlog(0)),
        bad("maxConnections", -1, "a number from 0", o().maxConnections(-1)),
        bad("maxConnectionsPerAddress", -1, "a number from 0", o().maxConnectionsPerAddress(-1)),
        bad("idleTimeout", millis(-1), TIME, o().idleTimeout(millis(-1))),
        bad("idleTimeout", TOO_LONG, TIME, o().idleTimeout(TOO_LONG)),
        bad("writeTimeout", millis(-1), TIME, o().writeTimeout(millis(-1))),
        bad("writeTimeout", TOO_LONG, TIME, o().writeTimeout(TOO_LONG)),
        bad("connectionTimeout", millis(-1), TIME, o().connectionTimeout(millis(-1))),
        bad("connectionTimeout", TOO_LONG, TIME, o().connectionTimeout(TOO_LONG)),
        bad("drainDelay", millis(-1), TIME, o().drainDelay(millis(-1))),
        bad("drainDelay", TOO_LONG, TIME, o().drainDelay(TOO_LONG)),
        bad("grace", millis(-1), TIME, o().grace(millis(-1))),
        bad("grace", TOO_LONG, TIME, o().grace(TOO_LONG)),
        bad("keepIdle", millis(1500), SECONDS, s().keepIdle(millis(1500))),
        bad("keepIdle", millis(-1000), SECONDS, s().keepIdle(millis(-1000))),
        bad("keepIdle", seconds(32768), SECONDS, s().keepIdle(seconds(32768))),
        bad("keepInterval", millis(1), SECONDS, s().keepInterval(millis(1))),
        bad("keepInterval", seconds(32768), SECONDS, s().keepInterval(seconds(32768))),
        bad("keepCount", -1, "a number from 0 to 127", s().keepCount(-1)),
        bad("keepCount", 128, "a number from 0 to 127", s().keepCount(128)),
        bad("receiveBuffer", -1, "bytes, 0 or more", s().receiveBuffer(-1)),
        bad("sendBuffer", -1, "bytes, 0 or more", s().sendBuffer(-1)));
  }

  private static final String SECONDS = "whole seconds from 1 to 32767, or 0";

  private static ServerOptions.Builder o() {
    return ServerOptions.builder();
  }

  private static SocketOptions.Builder s() {
    return SocketOptions.builder();
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }

  private static Bad bad(String option, Object value, String expected, ServerOptions.Builder from) {
    return new Bad(option, value, expected, from::build);
  }

  private static Bad bad(String option, Object value, String expected, SocketOptions.Builder from) {
    return new Bad(option, value, expected, from::build);
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefusedByNameValueAndExpectation(Bad bad) {
    assertThatIllegalArgumentException()
        .isThrownBy(bad.build::run)
        .withMessageContaining(bad.option)
        .withMessageContaining(bad.value.toString())
        .withMessageContaining(bad.expected);
  }

  @Test
  void valuesAtTheirLimitsAreTaken() {
    Duration longest = Duration.ofMillis(Integer.MAX_VALUE);
    assertThatCode(
            () -> {
              o().loops(1024).threads(100_000).loopStallWarning(longest).backlog(1).build();
              o().loops(0).threads(0).loopStallWarning(Duration.ZERO).maxConnections(0).build();
              o().idleTimeout(longest).writeTimeout(longest).connectionTimeout(longest).build();
              o().idleTimeout(Duration.ZERO).writeTimeout(Duration.ZERO).grace(longest).build();
              s().keepIdle(seconds(1)).keepInterval(seconds(32767)).keepCount(127).build();
              s().receiveBuffer(0).sendBuffer(Integer.MAX_VALUE).build();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    ServerOptions options = ServerOptions.DEFAULT;
    assertThat(options.backend()).isEqualTo("virtual");
    assertThat(options.maxConnections()).isZero();
    assertThat(options.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(options.writeTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.connectionTimeout()).isZero();
    assertThat(options.drainDelay()).isZero();
    assertThat(options.grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.sockets()).isEqualTo(SocketOptions.DEFAULT);
    assertThat(options.sockets().reuseAddress()).isTrue();
    assertThat(options.sockets().noDelay()).isTrue();
    assertThat(options).isEqualTo(ServerOptions.builder().build());
  }
}
