package dev.heddle.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// Certificates made for a test, with their keys.
public record TestCertificates(X509Certificate certificate, PrivateKey key) {
  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /// One that may sign others.
  public static TestCertificates authority(String name) {
    return make("EC", name, List.of(), true, Duration.ofDays(1), null);
  }

  /// One that this authority signs, for hosts.
  public TestCertificates issue(String... hosts) {
    return issue("EC", Duration.ofDays(1), hosts);
  }

  /// @param keyType `EC` or `RSA`
  /// @param validity negative: it has expired
  public TestCertificates issue(String keyType, Duration validity, String... hosts) {
    return make(keyType, hosts[0], List.of(hosts), false, validity, this);
  }

  private static TestCertificates make(
      String keyType,
      String name,
      List<String> hosts,
      boolean authority,
      Duration validity,
      TestCertificates issuer) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType);
      if (keyType.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      KeyPair keys = generator.generateKeyPair();
      Instant now = Instant.now();
      X509Certificate certificate =
          new NewCertificate(
                  name,
                  keys.getPublic(),
                  now.minus(Duration.ofDays(30)),
                  now.plus(validity),
                  hosts,
                  authority)
              .sign(
                  issuer == null
                      ? name
                      : issuer.certificate.getSubjectX500Principal().getName().substring(3),
                  issuer == null ? keys.getPrivate() : issuer.key);
      return new TestCertificates(certificate, keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Writes the certificate, and says where.
  public Path writeCertificate(Path file) throws IOException {
    try {
      return Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Writes the key as PKCS #8, and says where.
  public Path writeKey(Path file) throws IOException {
    return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, BASE64.encodeToString(content), label);
  }

  /// A store of the key, in memory.
  KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("it", key, password, new Certificate[] {certificate});
    return store;
  }
}
