package dev.heddle.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// A certificate that signs itself, made anew for each start, with a key that is nowhere but in
/// memory: for a developer's own machine.
final class DevelopmentCertificate {
  /// In place of a file's name.
  static final String ORIGIN = "made at the start";

  private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1");
  private static final Duration VALIDITY = Duration.ofDays(30);

  private DevelopmentCertificate() {}

  static Identity create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      String name = "Heddle development certificate";
      Instant now = Instant.now();
      X509Certificate certificate =
          new NewCertificate(
                  name,
                  keys.getPublic(),
                  now.minus(Duration.ofHours(1)),
                  now.plus(VALIDITY),
                  NAMES,
                  false)
              .sign(name, keys.getPrivate());
      return Identity.of(ORIGIN, List.of(certificate), keys.getPrivate());
    } catch (GeneralSecurityException | TlsConfigurationException e) {
      throw new IllegalStateException("this JDK can't make a certificate of P-256", e);
    }
  }

  /// What it is, in a line for whoever starts the server.
  static String describe(Identity identity) {
    X509Certificate certificate = identity.certificate();
    return "a self-signed certificate for development, for %s, until %s, SHA-256 %s: browsers will warn"
        .formatted(
            String.join(", ", NAMES),
            certificate.getNotAfter().toInstant(),
            fingerprint(certificate));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }
}
