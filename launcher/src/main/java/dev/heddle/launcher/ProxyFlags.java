package dev.heddle.launcher;

import dev.heddle.ConnectionHandler;
import dev.heddle.Networks;
import dev.heddle.ServerOptions;
import dev.heddle.proxy.ProxyProtocol;
import dev.heddle.proxy.ProxyProtocol.Mode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whom a proxy in front speaks for.
final class ProxyFlags {
  @Option(
      names = "--proxy-trusted",
      paramLabel = "<networks>",
      converter = NetworksConverter.class,
      description =
          "Proxies that are believed, as 10.0.0.0/8,2001:db8::/32,unix; limits per address hold for"
              + " their clients (default none)")
  @Nullable Networks proxyTrusted;

  @Option(
      names = "--proxy-protocol",
      paramLabel = "<mode>",
      description =
          "Whether connections begin with a header of the PROXY protocol: off, optional or required"
              + " (default ${DEFAULT-VALUE})")
  Mode proxyProtocol = Mode.OFF;

  @Option(
      names = "--proxy-timeout",
      paramLabel = "<time>",
      description = "How long that header may take (default ${DEFAULT-VALUE})")
  Duration proxyTimeout = ProxyProtocol.DEFAULT_TIMEOUT;

  void apply(ServerOptions.Builder options) {
    if (proxyTrusted != null) {
      options.trustedProxies(proxyTrusted);
    }
  }

  /// Has a handler see the clients of proxies.
  ConnectionHandler before(ConnectionHandler handler) {
    if (proxyProtocol == Mode.OFF) {
      return handler;
    }
    if (proxyTrusted == null) {
      throw LaunchException.usage(
          "--proxy-protocol believes nobody yet: add the addresses of your proxies, as"
              + " --proxy-trusted=10.0.0.0/8");
    }
    return ProxyProtocol.of(handler, proxyProtocol, proxyTrusted, proxyTimeout);
  }
}
