package dev.heddle.launcher;

import dev.heddle.Networks;
import dev.heddle.http.ForwardedFields;
import dev.heddle.http.HttpHandler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flag `--forwarded` of servers that speak HTTP, to be mixed into a picocli command beside
/// [ServerFlags].
///
/// Threading: for one thread.
public final class ForwardedFlags {
  @Option(
      names = "--forwarded",
      paramLabel = "<fields>",
      converter = ForwardedConverter.class,
      description =
          "What a proxy that is trusted tells of its client in: forwarded (RFC 7239), x-forwarded,"
              + " or off (default off)")
  ForwardedFields.@Nullable Kind kind;

  /// Asks for nothing until it is mixed in.
  public ForwardedFlags() {}

  /// Has a handler see the clients of proxies, if that was asked for. The proxies are those of
  /// `--proxy-trusted`; without any, the program ends with a line that says so.
  public HttpHandler before(HttpHandler handler, ServerFlags flags) {
    if (kind == null) {
      return handler;
    }
    Networks trusted = flags.options().trustedProxies();
    if (trusted.isEmpty()) {
      throw LaunchException.usage(
          "--forwarded believes nobody yet: add the addresses of your proxies, as"
              + " --proxy-trusted=10.0.0.0/8");
    }
    return ForwardedFields.of(handler, kind, trusted);
  }
}
