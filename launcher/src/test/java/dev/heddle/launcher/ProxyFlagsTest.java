package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.ConnectionHandler;
import dev.heddle.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ProxyFlagsTest {
  private static final ConnectionHandler SILENT = connection -> connection.input().read();

  @Command(name = "program")
  private static final class Program implements Runnable {
    @Mixin private final ProxyFlags flags = new ProxyFlags();

    @Override
    public void run() {}
  }

  private static ConnectionHandler handler(String... args) {
    Program program = new Program();
    Defaults defaults = new Defaults(Map.of(), ConfigFile.NONE);
    Launcher.configure(new CommandLine(program), defaults).parseArgs(args);
    return program.flags.before(SILENT);
  }

  private static Socket connect(Server server) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.localAddress().getPort());
  }

  @Test
  void withoutFlagsNobodySpeaksForOthers() {
    assertThat(handler()).isSameAs(SILENT);
  }

  /// One server gives proxies the time of the flag, another one the five seconds without it.
  @Test
  void aProxyThatSendsNoHeaderHasTheTimeOfTheFlag() throws Exception {
    String[] usual = {"--proxy-protocol=required", "--proxy-trusted=127.0.0.0/8"};
    String[] brief = {usual[0], usual[1], "--proxy-timeout=50ms"};
    try (Server first = Server.listen(0, handler(usual));
        Server second = Server.listen(0, handler(brief));
        Socket waiting = connect(first);
        Socket ended = connect(second)) {
      assertThat(ended.getInputStream().read()).isNegative();
      waiting.setSoTimeout(1);
      assertThatThrownBy(() -> waiting.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}
