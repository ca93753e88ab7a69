package dev.heddle.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates and keys from files, good and bad.
class CertificatesTest {
  private static final TestCertificates EC = TestTls.AUTHORITY.issue("localhost");
  private static final TestCertificates RSA =
      TestTls.AUTHORITY.issue("RSA", Duration.ofDays(1), "localhost");

  @TempDir private Path folder;

  private Path write(String name, String... texts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", texts));
  }

  private Path chain(TestCertificates of) throws IOException {
    return of.writeCertificate(folder.resolve("chain.pem"));
  }

  private PrivateKey read(Path file, String password, TestCertificates of) throws IOException {
    return PrivateKeys.read(file, password, of.certificate().getPublicKey());
  }

  /// What a PKCS #8 key has within: PKCS #1 or SEC 1.
  private static byte[] inner(PrivateKey key) {
    byte[] pkcs8 = key.getEncoded();
    for (int at = 20; at < 32; at++) { // behind the version and the algorithm
      if (pkcs8[at] == 0x04) {
        int lengthOctets = pkcs8[at + 1] < 0 ? 1 + (pkcs8[at + 1] & 0x7f) : 1;
        int from = at + 1 + lengthOctets;
        if (pkcs8[from] == 0x30) {
          return Arrays.copyOfRange(pkcs8, from, pkcs8.length);
        }
      }
    }
    throw new AssertionError("no key within");
  }

  private static byte[] encrypt(PrivateKey key, String password) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm)
            .generateSecret(new PBEKeySpec(password.toCharArray())));
    return Der.sequence(
        Der.sequence(Der.oid("1.2.840.113549.1.5.13"), cipher.getParameters().getEncoded()),
        Der.octetString(cipher.doFinal(key.getEncoded())));
  }

  @Test
  void keysAreReadInEveryFormOfPem() throws Exception {
    for (TestCertificates each : List.of(EC, RSA)) {
      String old = each.key().getAlgorithm() + " PRIVATE KEY";
      String parameters =
          "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
      assertThat(read(each.writeKey(folder.resolve("8.pem")), null, each)).isEqualTo(each.key());
      assertThat(
              read(
                  write(
                      "e.pem",
                      TestCertificates.pem("ENCRYPTED PRIVATE KEY", encrypt(each.key(), "pw"))),
                  "pw",
                  each))
          .isEqualTo(each.key());
      Path oldFile =
          write("old.pem", "text\n", parameters, TestCertificates.pem(old, inner(each.key())));
      assertThat(read(oldFile, null, each)).isEqualTo(each.key());
      Path windows =
          write(
              "crlf.pem",
              TestCertificates.pem("PRIVATE KEY", each.key().getEncoded()).replace("\n", "\r\n"));
      assertThat(read(windows, null, each)).isEqualTo(each.key());
    }
  }

  @Test
  void aChainIsReadInItsOrderWithTextBetween() throws Exception {
    Path file =
        write(
            "chain.pem",
            "subject=localhost\n",
            TestCertificates.pem("CERTIFICATE", EC.certificate().getEncoded()),
            "\nissuer: somebody\n",
            TestCertificates.pem("CERTIFICATE", TestTls.AUTHORITY.certificate().getEncoded()));
    assertThat(Pem.certificates(file))
        .containsExactly(EC.certificate(), TestTls.AUTHORITY.certificate());
  }

  @Test
  void aKeyStoreGivesAllItsKeys() throws Exception {
    Path file = folder.resolve("store.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      EC.keyStore("pw".toCharArray()).store(out, "pw".toCharArray());
    }
    List<Identity> identities = new IdentitySource.KeyStoreFile(file, "pw").read();
    assertThat(identities).hasSize(1);
    assertThat(identities.getFirst().key()).isEqualTo(EC.key());
    assertThat(identities.getFirst().names()).containsExactly("localhost");
    assertThatThrownBy(() -> Tls.builder().keyStore(file, "no").build())
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessage("wrong password for the key store " + file);
    assertThat(new IdentitySource.KeyStoreFile(file, "pw")).asString().doesNotContain("pw\"");
  }

  private void assertRefused(Path chain, Path key, String password, String message) {
    assertThatThrownBy(() -> Tls.builder().certificate(chain, key, password).build())
        .isInstanceOf(TlsConfigurationException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n", "Exception");
  }

  @Test
  void whatIsWrongWithTheFilesIsSaid() throws Exception {
    Path chain = chain(EC);
    Path key = EC.writeKey(folder.resolve("key.pem"));
    Path none = folder.resolve("none.pem");
    Path empty = write("empty.pem", "");
    Path damaged =
        write("damaged.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    Path damagedKey =
        write("damaged.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    Path encrypted =
        write(
            "encrypted.key",
            TestCertificates.pem("ENCRYPTED PRIVATE KEY", encrypt(EC.key(), "secret")));
    Path traditional =
        write(
            "traditional.key",
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00

            AAAA
            -----END RSA PRIVATE KEY-----
            """);
    assertRefused(none, key, null, "can't read " + none + ": no such file");
    assertRefused(chain, none, null, "can't read " + none + ": no such file");
    assertRefused(empty, key, null, empty + " holds no certificate: expected PEM");
    assertRefused(chain, empty, null, empty + " holds no private key: expected PEM");
    assertRefused(chain, chain, null, chain + " holds no private key");
    assertRefused(damaged, key, null, damaged + ": a certificate is damaged");
    assertRefused(chain, damagedKey, null, damagedKey + ": the key is damaged");
    assertRefused(chain, encrypted, null, encrypted + " is encrypted: give the key's password");
    assertRefused(chain, encrypted, "no", "wrong password for the key in " + encrypted);
    assertRefused(chain, traditional, "x", traditional + " is encrypted in the way of old");
    assertRefused(
        chain,
        TestTls.AUTHORITY.issue("localhost").writeKey(folder.resolve("other.key")),
        null,
        "the key does not belong to the certificate in " + chain);
    assertRefused(
        chain,
        RSA.writeKey(folder.resolve("rsa.key")),
        null,
        "the key does not belong to the certificate in " + chain);
  }

  @Test
  void aCertificateThatHasExpiredIsWarnedOf() throws Exception {
    TestCertificates expired = TestTls.AUTHORITY.issue("EC", Duration.ofDays(-1), "localhost");
    Path chain = chain(expired);
    try (Listening log = new Listening()) {
      Tls.builder().certificate(chain, expired.writeKey(folder.resolve("key.pem"))).build();
      assertThat(log.messages()).hasSize(1);
      assertThat(log.messages().getFirst())
          .startsWith("WARNING the certificate in " + chain + " expired on ")
          .endsWith(": clients will refuse it");
    }
  }

  @Test
  void theDevelopmentCertificateIsForThisMachine() throws Exception {
    Identity identity = DevelopmentCertificate.create();
    X509Certificate certificate = identity.certificate();
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity();
    assertThat(identity.names()).containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(certificate.getBasicConstraints()).isNegative();
    assertThat(certificate.getKeyUsage()).startsWith(true, false);
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(Tls.builder().developmentCertificate().build().description())
        .startsWith(
            "a self-signed certificate for development, for localhost, 127.0.0.1, ::1, until ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.2.840.10045.2.1", "2.5.4.3", "1.3.6.1.5.5.7.3.1", "2.16.840.1.101.3.4.2.1"})
  void objectIdentifiersAreEncodedAsTheJdkReadsThem(String oid) {
    byte[] name =
        Der.sequence(Der.set(Der.sequence(Der.oid(oid), Der.utf8String("x".repeat(300)))));
    assertThat(new javax.security.auth.x500.X500Principal(name).toString())
        .contains("x".repeat(300));
  }

  @Test
  void withoutACertificateNothingIsBuilt() {
    assertThatThrownBy(() -> Tls.builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no certificate: call certificate(...) before build()");
    assertThatThrownBy(() -> Tls.builder().protocols("TLSv1.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("protocols is [TLSv1.1]: expected TLSv1.2, TLSv1.3 or both");
    assertThatThrownBy(() -> Tls.builder().handshakeTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
