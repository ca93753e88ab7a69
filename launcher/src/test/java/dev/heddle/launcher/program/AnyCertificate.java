package dev.heddle.launcher.program;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts whatever certificate a program shows, and leaves it to the test to look at it.
public final class AnyCertificate extends X509ExtendedTrustManager {
  private AnyCertificate() {}

  /// For clients of a program with a certificate of its own making.
  ///
  /// @param own what the client itself shows, if it is asked
  public static SSLContext context(KeyManager... own) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, new TrustManager[] {new AnyCertificate()}, null);
    return context;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
