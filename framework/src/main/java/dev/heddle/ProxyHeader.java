package dev.heddle;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a proxy has told of a connection that it passes on, before the first byte of its client
/// (PROXY protocol, section 2). Immutable.
///
/// Only as true as the proxy: it is read from those alone that are trusted.
public final class ProxyHeader {
  /// The type of the application's protocol that was negotiated, as in ALPN (RFC 7301).
  public static final int ALPN = 0x01;

  /// The type of the host name that the client asked for, as in SNI (RFC 6066, section 3).
  public static final int AUTHORITY = 0x02;

  /// The type of the header's checksum. It has been checked.
  public static final int CRC32C = 0x03;

  /// The type of an extension without a meaning.
  public static final int NOOP = 0x04;

  /// The type of the name that the proxy gave to the connection, up to 128 octets of any kind.
  public static final int UNIQUE_ID = 0x05;

  /// The type of what TLS has negotiated: see [#tls()].
  public static final int SSL = 0x20;

  /// The type of the name of the network's namespace.
  public static final int NETNS = 0x30;

  private final Peer sender;
  private final Map<Integer, byte[]> values;
  private final @Nullable Tls tls;

  /// TLS between the client and the proxy. What is not known is null.
  ///
  /// @param certificate whether the client has shown one, now or before the session was resumed
  /// @param verified whether the client has shown one and it was valid
  /// @param version as `TLSv1.3`
  /// @param commonName of the client's certificate
  /// @param cipher as the proxy's library names it
  /// @param signatureAlgorithm of the proxy's certificate
  /// @param keyAlgorithm of the proxy's certificate
  public record Tls(
      boolean certificate,
      boolean verified,
      @Nullable String version,
      @Nullable String commonName,
      @Nullable String cipher,
      @Nullable String signatureAlgorithm,
      @Nullable String keyAlgorithm) {}

  /// What a proxy has told.
  ///
  /// @param sender the connection from the proxy to this server
  /// @param values of the extensions, by their types; the arrays must not change any more
  /// @param tls null: the client speaks without, or the proxy does not say
  public ProxyHeader(Peer sender, Map<Integer, byte[]> values, @Nullable Tls tls) {
    this.sender = sender;
    this.values = new TreeMap<>(values);
    this.tls = tls;
  }

  /// Both ends of the connection from the proxy to this server.
  public Peer sender() {
    return sender;
  }

  /// The value of an extension, or null: for types that applications agree on.
  ///
  /// @param type from 0 to 255
  public byte @Nullable [] value(int type) {
    byte[] value = values.get(type);
    return value == null ? null : value.clone();
  }

  /// The protocol that the client and the proxy have agreed on, such as `h2`, or null.
  public @Nullable String applicationProtocol() {
    return text(ALPN);
  }

  /// The host name that the client has asked for, or null.
  public @Nullable String authority() {
    return text(AUTHORITY);
  }

  /// What TLS between the client and the proxy has negotiated, or null if there is none.
  public @Nullable Tls tls() {
    return tls;
  }

  private @Nullable String text(int type) {
    byte[] value = values.get(type);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /// As in `by 192.0.2.1:4711`.
  @Override
  public String toString() {
    return "by " + sender;
  }
}
