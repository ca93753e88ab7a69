package dev.heddle.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A certificate of this server, with its issuers behind it, and the key to it.
///
/// @param origin the file it is from, for messages
/// @param names the DNS names and IP addresses it is for, in lower case; a name may begin with `*.`
record Identity(String origin, List<X509Certificate> chain, PrivateKey key, List<String> names) {

  /// @throws TlsConfigurationException if the key is not that of the certificate
  static Identity of(String origin, List<X509Certificate> chain, PrivateKey key)
      throws TlsConfigurationException {
    if (!matches(chain.getFirst(), key)) {
      throw new TlsConfigurationException(
          "the key does not belong to the certificate in %s (the first one, if there are several)"
              .formatted(origin));
    }
    return new Identity(origin, List.copyOf(chain), key, names(chain.getFirst()));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  /// The algorithm of its key, as the JDK names it to key managers: `EC`, `RSA`, `EdDSA`.
  String keyType() {
    return certificate().getPublicKey().getAlgorithm();
  }

  /// Whether it is for a host, where `*` stands for one label (RFC 9525, section 6.3).
  boolean isFor(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    int dot = asked.indexOf('.');
    String wildcard = dot > 0 ? "*" + asked.substring(dot) : asked;
    return names.contains(asked) || names.contains(wildcard);
  }

  /// What is wrong with its dates now, or null.
  @Nullable String invalidity() {
    Instant now = Instant.now();
    Instant notBefore = certificate().getNotBefore().toInstant();
    Instant notAfter = certificate().getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      return "the certificate in %s expired on %s: clients will refuse it"
          .formatted(origin, notAfter);
    }
    if (now.isBefore(notBefore)) {
      return "the certificate in %s is valid only from %s: clients will refuse it until then"
          .formatted(origin, notBefore);
    }
    return null;
  }

  private static boolean matches(X509Certificate certificate, PrivateKey key) {
    byte[] message = "heddle".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(1) instanceof String name) {
            names.add(name.toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // then it is for nobody in particular
    }
    return List.copyOf(names);
  }
}
