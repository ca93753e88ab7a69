package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.Carrier;
import dev.heddle.Networks;
import dev.heddle.Rate;
import dev.heddle.SelectorProviderKind;
import dev.heddle.ServerOptions;
import dev.heddle.SocketOptions;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ServerFlagsTest {
  @Command(name = "program")
  static final class Program implements Runnable {
    @Mixin final ServerFlags flags = ServerFlags.withPort(9000);

    @Override
    public void run() {}
  }

  private static ServerFlags parse(String... args) {
    Program program = new Program();
    Defaults defaults = new Defaults(Map.of(), ConfigFile.NONE);
    Launcher.configure(new CommandLine(program), defaults).parseArgs(args);
    return program.flags;
  }

  @Test
  void withoutFlagsTheOptionsAreTheFrameworksDefaults() {
    assertThat(parse().options()).isEqualTo(ServerOptions.DEFAULT);
  }

  @Test
  void withoutFlagsOnlyThisMachineIsServed() {
    assertThat(parse().address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(parse().address().getPort()).isEqualTo(9000);
  }

  @Test
  void everyFlagReachesItsOption() {
    ServerOptions options =
        parse(
                "--backend=selector",
                "--loops=3",
                "--threads=4",
                "--carrier=scheduler",
                "--selector-provider=poll",
                "--loop-stall-warning=1s",
                "--backlog=5",
                "--max-connections=6",
                "--max-connections-per-address=7",
                "--max-connection-rate-per-address=30/m",
                "--proxy-trusted=10.0.0.0/8",
                "--idle-timeout=8s",
                "--write-timeout=9s",
                "--connection-timeout=10s",
                "--drain-delay=17s",
                "--grace=11s",
                "--no-reuse-address",
                "--reuse-port",
                "--no-tcp-nodelay",
                "--tcp-quickack",
                "--keep-alive",
                "--keep-idle=12s",
                "--keep-interval=13s",
                "--keep-count=14",
                "--receive-buffer=15k",
                "--send-buffer=16k")
            .options();
    assertThat(options)
        .isEqualTo(
            new ServerOptions(
                "selector",
                3,
                4,
                Carrier.SCHEDULER,
                SelectorProviderKind.POLL,
                Duration.ofSeconds(1),
                5,
                6,
                7,
                new Rate(30, Duration.ofMinutes(1)),
                Networks.parse("10.0.0.0/8"),
                Duration.ofSeconds(8),
                Duration.ofSeconds(9),
                Duration.ofSeconds(10),
                Duration.ofSeconds(17),
                Duration.ofSeconds(11),
                new SocketOptions(
                    false,
                    true,
                    false,
                    true,
                    true,
                    Duration.ofSeconds(12),
                    Duration.ofSeconds(13),
                    14,
                    15 * 1024,
                    16 * 1024)));
  }

  static Stream<String> optionNames() {
    return Stream.of(ServerOptions.class, SocketOptions.class)
        .flatMap(type -> Stream.of(type.getRecordComponents()))
        .map(RecordComponent::getName)
        .filter(name -> !name.equals("sockets"));
  }

  @ParameterizedTest
  @MethodSource("optionNames")
  void everyOptionHasAFlag(String option) {
    CommandLine line = new CommandLine(new Program());
    assertThat(line.getCommandSpec().findOption(FlagNames.flag(option))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tcp-nodelay", "--tcp-nodelay=true", "--no-tcp-nodelay=false"})
  void aSwitchThatIsOnByDefaultStaysOnWhenAskedFor(String flag) {
    assertThat(parse(flag).options().sockets().noDelay()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-tcp-nodelay", "--tcp-nodelay=false"})
  void aSwitchThatIsOnByDefaultCanBeTurnedOff(String flag) {
    assertThat(parse(flag).options().sockets().noDelay()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--loops=1025", "--threads=100001", "--keep-count=128"})
  void aValueThatTheFrameworkRefusesIsRefusedByTheNameOfItsFlag(String flag) {
    assertThatThrownBy(() -> parse(flag).options())
        .isInstanceOf(LaunchException.class)
        .hasMessageStartingWith(flag.replace("=", " is ") + ": expected ");
  }
}
