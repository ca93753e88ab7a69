package dev.heddle.proxy;

import java.io.IOException;

/// A connection does not begin as the PROXY protocol has it. Messages do not repeat the peer's
/// bytes.
public final class ProxyProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyProtocolException(String message) {
    super(message);
  }
}
