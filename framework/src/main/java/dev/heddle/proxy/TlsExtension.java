package dev.heddle.proxy;

import dev.heddle.ProxyHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The extension of what TLS has negotiated (section 2.2.6): flags, the result of verifying the
/// client's certificate, and extensions within.
final class TlsExtension {
  /// The flags, and the result as 32 bits: zero is success.
  private static final int FIXED = 5;

  private static final int OVER_TLS = 0x01;
  private static final int CERTIFICATE_NOW = 0x02;
  private static final int CERTIFICATE_IN_SESSION = 0x04;

  private static final int VERSION = 0x21;
  private static final int COMMON_NAME = 0x22;
  private static final int CIPHER = 0x23;
  private static final int SIGNATURE_ALGORITHM = 0x24;
  private static final int KEY_ALGORITHM = 0x25;

  private TlsExtension() {}

  /// What the value says; null if the client does not speak TLS.
  static ProxyHeader.@Nullable Tls parse(byte[] value) throws ProxyProtocolException {
    if (value.length < FIXED) {
      throw new ProxyProtocolException("the extension of TLS is cut short");
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    int flags = in.get();
    boolean valid = in.getInt() == 0;
    Map<Integer, byte[]> within = new TreeMap<>();
    while (in.hasRemaining()) {
      within.putIfAbsent(Extensions.type(in), Extensions.value(in));
    }
    if ((flags & OVER_TLS) == 0) {
      return null;
    }
    boolean certificate = (flags & (CERTIFICATE_NOW | CERTIFICATE_IN_SESSION)) != 0;
    return new ProxyHeader.Tls(
        certificate,
        certificate && valid,
        text(within, VERSION),
        text(within, COMMON_NAME),
        text(within, CIPHER),
        text(within, SIGNATURE_ALGORITHM),
        text(within, KEY_ALGORITHM));
  }

  private static @Nullable String text(Map<Integer, byte[]> values, int type) {
    byte[] value = values.get(type);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
