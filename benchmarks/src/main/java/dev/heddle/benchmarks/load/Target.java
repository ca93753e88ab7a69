package dev.heddle.benchmarks.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Where messages go: `tcp://host:port`, or `http://host[:port][/path][?query]`, or the same with
/// `ws:`.
///
/// @param requestTarget the path and query of an HTTP request or a WebSocket; `/` where there is
///   none
public record Target(Scheme scheme, String host, int port, String requestTarget) {
  /// The protocols.
  public enum Scheme {
    /// TCP echo.
    TCP(-1, 64),
    /// HTTP/1.1.
    HTTP(80, 0),
    /// WebSocket echo.
    WS(80, 125);

    private final int defaultPort;
    private final int usualPayload;

    Scheme(int defaultPort, int usualPayload) {
      this.defaultPort = defaultPort;
      this.usualPayload = usualPayload;
    }

    /// Bytes of a message where nothing else is asked for; 0 where requests are given whole.
    public int usualPayload() {
      return usualPayload;
    }

    static Scheme parse(String text) {
      for (Scheme scheme : values()) {
        if (scheme.toString().equals(text.toLowerCase(Locale.ROOT))) {
          return scheme;
        }
      }
      String known =
          Arrays.stream(values()).map(scheme -> scheme + "://").collect(Collectors.joining(", "));
      throw new IllegalArgumentException("unknown protocol " + text + "://, known are " + known);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Parses a URL.
  ///
  /// @throws IllegalArgumentException when it is not one of the forms above
  public static Target parse(String url) {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() == null || uri.getHost() == null) {
        throw new IllegalArgumentException(
            "not a URL such as tcp://127.0.0.1:9000, http://127.0.0.1:8080/path or"
                + " ws://127.0.0.1:8080/path: "
                + url);
      }
      Scheme scheme = Scheme.parse(uri.getScheme());
      int port = uri.getPort() >= 0 ? uri.getPort() : scheme.defaultPort;
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port from 1 to 65535 is missing in " + url);
      }
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new Target(scheme, uri.getHost(), port, path + query);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException("not a URL: " + url, malformed);
    }
  }

  /// Looks the host up.
  ///
  /// @throws UnknownHostException when there is no such host
  InetSocketAddress resolve() throws UnknownHostException {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException unknown) {
      UnknownHostException clear = new UnknownHostException("no such host: " + host);
      clear.initCause(unknown);
      throw clear;
    }
  }

  /// The `Host` field of an HTTP request.
  String authority() {
    return port == scheme.defaultPort ? host : host + ":" + port;
  }

  @Override
  public String toString() {
    return scheme + "://" + authority() + (scheme == Scheme.TCP ? "" : requestTarget);
  }
}
