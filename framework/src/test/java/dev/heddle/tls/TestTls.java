package dev.heddle.tls;

import dev.heddle.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/// A server's certificate for localhost, and clients that trust it.
public final class TestTls {
  /// Who has signed it.
  public static final TestCertificates AUTHORITY = TestCertificates.authority("Test authority");

  private static final char[] PASSWORD = "changeit".toCharArray();

  /// The server's certificate and key in files, for as long as the tests run.
  private static final class ServerFiles {
    static final Path CHAIN;
    static final Path KEY;

    static {
      try {
        TestCertificates server = AUTHORITY.issue("localhost", "127.0.0.1", "::1");
        Path folder = untilExit(Files.createTempDirectory("heddle-tls"));
        CHAIN = untilExit(server.writeCertificate(folder.resolve("chain.pem")));
        KEY = untilExit(server.writeKey(folder.resolve("key.pem")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private ServerFiles() {}

    /// What is made last goes first: a folder is empty by the time it goes.
    private static Path untilExit(Path path) {
      path.toFile().deleteOnExit();
      return path;
    }
  }

  private TestTls() {}

  /// A builder that has the certificate.
  public static Tls.Builder server() {
    return Tls.builder().certificate(ServerFiles.CHAIN, ServerFiles.KEY);
  }

  /// The JDK's client, trusting the authority.
  public static SSLContext client() {
    return client(AUTHORITY, null);
  }

  /// The JDK's client.
  ///
  /// @param shown its own certificate, or null
  static SSLContext client(TestCertificates trusted, TestCertificates shown) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(shown == null ? null : shown.keyStore(PASSWORD), PASSWORD);
      return trusting(trusted, keys.getKeyManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /// A client that shows its certificate whoever is trusted by the server.
  static SSLContext showing(TestCertificates shown) {
    try {
      return trusting(AUTHORITY, new Showing(shown));
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SSLContext trusting(TestCertificates trusted, KeyManager... keys)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", trusted.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), null);
    return context;
  }

  private static final class Showing extends X509ExtendedKeyManager {
    private final TestCertificates shown;

    Showing(TestCertificates shown) {
      this.shown = shown;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
      return new String[] {"it"};
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
      return List.of(keyTypes).contains(shown.key().getAlgorithm()) ? "it" : null;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
      return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {shown.certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return shown.key();
    }
  }

  /// Our own transport, as a client.
  public static Transport connect(Transport below, SSLContext client) throws IOException {
    SSLEngine engine = client.createSSLEngine("localhost", 0);
    engine.setUseClientMode(true);
    return connect(below, engine);
  }

  static TlsTransport connect(Transport below, SSLEngine engine) throws IOException {
    TlsTransport transport = new TlsTransport(below, engine, Runnable::run, ByteBuffer.allocate(0));
    transport.handshake();
    return transport;
  }
}
