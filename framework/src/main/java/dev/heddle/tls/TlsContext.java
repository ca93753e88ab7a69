package dev.heddle.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// What was read from all files at one time: makes the engines of the connections that come from
/// then on. Sessions are resumed within one context only, so that after a reload nobody goes on by
/// what held before.
final class TlsContext {
  private final List<Identity> identities;
  private final SSLContext context;
  private final SSLParameters parameters;

  private TlsContext(List<Identity> identities, SSLContext context, SSLParameters parameters) {
    this.identities = identities;
    this.context = context;
    this.parameters = parameters;
  }

  /// @param trust certificates of who may sign those of clients; null: clients are not asked
  /// @param parameters what an engine is set up with, but for cipher suites
  static TlsContext of(List<Identity> identities, @Nullable Path trust, SSLParameters parameters)
      throws TlsConfigurationException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trusted = trust == null ? new TrustManager[0] : trustManagers(trust);
      context.init(new KeyManager[] {new IdentityChooser(identities)}, trusted, null);
      parameters.setCipherSuites(strong(context.getDefaultSSLParameters().getCipherSuites()));
      TlsContext made = new TlsContext(identities, context, parameters);
      made.rehearse();
      return made;
    } catch (SSLException e) {
      throw new TlsConfigurationException(
          "no handshake would succeed by the certificate in %s: %s"
              .formatted(identities.getFirst().origin(), e.getMessage()),
          e);
    } catch (GeneralSecurityException e) {
      throw new TlsConfigurationException("this JDK can't set up TLS: " + e.getMessage(), e);
    }
  }

  private void rehearse() throws SSLException {
    SSLEngine client = context.createSSLEngine();
    client.setUseClientMode(true);
    client.setEnabledProtocols(parameters.getProtocols());
    Rehearsal.run(client, engine());
  }

  /// Those with forward secrecy and authenticated encryption, as RFC 9325, section 4.2, asks for.
  private static String[] strong(String[] suites) {
    return Arrays.stream(suites)
        .filter(
            suite ->
                !suite.startsWith("TLS_RSA_")
                    && !suite.contains("_ECDH_")
                    && (suite.contains("_GCM_") || suite.contains("_CHACHA20_")))
        .toArray(String[]::new);
  }

  private static TrustManager[] trustManagers(Path file)
      throws GeneralSecurityException, TlsConfigurationException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    int number = 0;
    for (X509Certificate certificate : Pem.certificates(file)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return factory.getTrustManagers();
  }

  /// An engine for the server's side of a connection.
  SSLEngine engine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters);
    return engine;
  }

  List<Identity> identities() {
    return identities;
  }
}
