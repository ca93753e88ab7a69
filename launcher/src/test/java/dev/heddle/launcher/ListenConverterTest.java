package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.launcher.ListenAddress.Inet;
import dev.heddle.launcher.ListenAddress.Inherited;
import dev.heddle.launcher.ListenAddress.Unix;
import java.net.UnixDomainSocketAddress;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.TypeConversionException;

class ListenConverterTest {
  /// An address, and what it means.
  record Good(String text, ListenAddress address) {}

  static Stream<Good> goodAddresses() {
    return Stream.of(
        new Good("127.0.0.1:8080", new Inet("127.0.0.1", 8080)),
        new Good("localhost:0", new Inet("localhost", 0)),
        new Good("[::]:8080", new Inet("::", 8080)),
        new Good("[fe80::1%eth0]:65535", new Inet("fe80::1%eth0", 65535)),
        new Good("unix:/run/a.sock", unix("/run/a.sock", null)),
        new Good("unix:a,b", unix("a,b", null)),
        new Good("unix:/run/a.sock,mode=0660", unix("/run/a.sock", "rw-rw----")),
        new Good("unix:/a,mode=777", unix("/a", "rwxrwxrwx")),
        new Good("unix:/a,mode=0421", unix("/a", "r---w---x")),
        new Good("inherited", new Inherited()));
  }

  private static Unix unix(String path, String permissions) {
    return new Unix(
        UnixDomainSocketAddress.of(path),
        permissions == null ? null : PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @MethodSource("goodAddresses")
  void anAddressIsRead(Good good) {
    assertThat(new ListenConverter().convert(good.text)).isEqualTo(good.address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8080                   | expected host:port, [address]:port, unix:/path",
        "::1:8080               | expected host:port, [address]:port, unix:/path",
        "unix:                  | expected a whole number from 0 to 65535",
        "a:65536                | expected a whole number from 0 to 65535",
        "[::1]                  | expected host:port, [address]:port, unix:/path",
        "unix:/a,mode=0888      | expected a mode such as 0660, in octal",
        "unix:/a,mode=          | expected a mode such as 0660, in octal",
        "unix:/a,mode=rw-rw---- | expected a mode such as 0660, in octal",
      })
  void anyOtherIsRefused(String text, String expected) {
    assertThatThrownBy(() -> new ListenConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith(expected);
  }

  @Command(name = "program")
  static final class Program implements Runnable {
    @Mixin final ListenerFlags flags = new ListenerFlags(9000);

    @Override
    public void run() {}
  }

  @Test
  void theEnvironmentNamesSeveralWithSemicolonsBetween() {
    Program program = new Program();
    Defaults defaults = new Defaults(Map.of("HEDDLE_LISTEN", "a:1;unix:/b c"), ConfigFile.NONE);
    Launcher.configure(new CommandLine(program), defaults).parseArgs();
    assertThat(program.flags.listens).isEqualTo(List.of(new Inet("a", 1), unix("/b c", null)));
  }
}
