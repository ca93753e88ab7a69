package dev.heddle.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A certificate to be signed (X.509 version 3; RFC 5280, section 4.1), as the JDK can read but not
/// make them.
///
/// @param subject the common name of its owner
/// @param key the owner's
/// @param names DNS names and IP addresses that it is for; empty: none
/// @param authority whether it may sign others
record NewCertificate(
    String subject,
    PublicKey key,
    Instant notBefore,
    Instant notAfter,
    List<String> names,
    boolean authority) {
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";

  /// The bits of a key usage, the first the highest (RFC 5280, section 4.2.1.3).
  private static final int DIGITAL_SIGNATURE = 0x80;

  private static final int CERTIFICATE_SIGNING = 0x04;

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /// Signs it.
  ///
  /// @param issuer the common name of the signer
  /// @param signer the signer's key, of RSA or an elliptic curve
  X509Certificate sign(String issuer, PrivateKey signer) throws GeneralSecurityException {
    boolean rsa = signer.getAlgorithm().equals("RSA");
    byte[] algorithm =
        rsa
            ? Der.sequence(Der.oid(SHA256_WITH_RSA), Der.nothing())
            : Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    byte[] content = content(issuer, algorithm);
    Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
    signature.initSign(signer);
    signature.update(content);
    byte[] signed = Der.sequence(content, algorithm, Der.bitString(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(signed));
  }

  /// `TBSCertificate`.
  private byte[] content(String issuer, byte[] algorithm) {
    return Der.sequence(
        Der.explicit(0, Der.integer(2)), // version 3
        Der.integer(new BigInteger(127, new SecureRandom()).setBit(126)),
        algorithm,
        name(issuer),
        Der.sequence(Der.time(notBefore), Der.time(notAfter)),
        name(subject),
        key.getEncoded(),
        Der.explicit(3, extensions()));
  }

  private static byte[] name(String commonName) {
    return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.utf8String(commonName))));
  }

  private byte[] extensions() {
    List<byte[]> all = new ArrayList<>();
    all.add(
        extension(
            BASIC_CONSTRAINTS, true, authority ? Der.sequence(Der.bool(true)) : Der.sequence()));
    int usage = authority ? CERTIFICATE_SIGNING : DIGITAL_SIGNATURE;
    all.add(extension(KEY_USAGE, true, Der.namedBits(usage)));
    if (!authority) {
      all.add(
          extension(
              EXTENDED_KEY_USAGE,
              false,
              Der.sequence(Der.oid(SERVER_AUTHENTICATION), Der.oid(CLIENT_AUTHENTICATION))));
    }
    if (!names.isEmpty()) {
      all.add(
          extension(
              SUBJECT_ALTERNATIVE_NAME,
              false,
              Der.sequence(
                  names.stream().map(NewCertificate::alternativeName).toArray(byte[][]::new))));
    }
    return Der.sequence(all.toArray(byte[][]::new));
  }

  private static byte[] extension(String oid, boolean critical, byte[] value) {
    return critical
        ? Der.sequence(Der.oid(oid), Der.bool(true), Der.octetString(value))
        : Der.sequence(Der.oid(oid), Der.octetString(value));
  }

  private static byte[] alternativeName(String name) {
    return isAddress(name)
        ? Der.implicit(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress())
        : Der.implicit(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9.]+");
  }
}
