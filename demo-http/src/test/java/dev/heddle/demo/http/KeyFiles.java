package dev.heddle.demo.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.launcher.program.AnyCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate that signs itself, made by the JDK's keytool, in the files that a server is given.
///
/// @param store the PKCS #12 file that holds it with its key
/// @param chain the certificate in PEM
/// @param key its key in PEM, not encrypted
record KeyFiles(KeyStore keys, Path store, Path chain, Path key) {
  /// Of the store and of the key within.
  static final String PASSWORD = "changeit";

  private static final Base64.Encoder BASE64 =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /// Makes one for a host.
  static KeyFiles make(Path folder, String host) throws Exception {
    Path store = folder.resolve(host + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new KeyFiles(
        keys,
        store,
        write(folder.resolve(host + ".pem"), "CERTIFICATE", keys.getCertificate("it").getEncoded()),
        write(
            folder.resolve(host + ".key"),
            "PRIVATE KEY",
            keys.getKey("it", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path write(Path file, String label, byte[] content) throws IOException {
    return Files.writeString(
        file,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, BASE64.encodeToString(content), label));
  }

  X509Certificate certificate() throws Exception {
    return (X509Certificate) keys.getCertificate("it");
  }

  /// Puts these files where those of another are.
  void replace(KeyFiles other) throws IOException {
    Files.copy(chain, other.chain, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(key, other.key, StandardCopyOption.REPLACE_EXISTING);
  }

  /// A client that shows it.
  SSLContext client() throws Exception {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    return AnyCertificate.context(managers.getKeyManagers());
  }
}
