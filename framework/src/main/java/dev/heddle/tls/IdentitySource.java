package dev.heddle.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where certificates with their keys are from. Read at the start, and again at each reload.
sealed interface IdentitySource {

  /// Reads them: one at least.
  List<Identity> read() throws TlsConfigurationException;

  /// The files that it reads.
  List<Path> files();

  /// PEM: a certificate with its issuers behind it, and the key.
  record PemFiles(Path chain, Path key, @Nullable String password) implements IdentitySource {
    @Override
    public List<Identity> read() throws TlsConfigurationException {
      List<X509Certificate> certificates = Pem.certificates(chain);
      PrivateKey privateKey =
          PrivateKeys.read(key, password, certificates.getFirst().getPublicKey());
      return List.of(Identity.of(chain.toString(), certificates, privateKey));
    }

    @Override
    public List<Path> files() {
      return List.of(chain, key);
    }

    /// Without the password.
    @Override
    public String toString() {
      return chain + " with " + key;
    }
  }

  /// A key store, PKCS #12 or another kind that the JDK knows: all its keys.
  record KeyStoreFile(Path file, String password) implements IdentitySource {
    @Override
    public List<Identity> read() throws TlsConfigurationException {
      Pem.bytes(file); // says why, if it can't be read
      List<Identity> identities = new ArrayList<>();
      try {
        char[] secret = password.toCharArray();
        KeyStore store = KeyStore.getInstance(file.toFile(), secret);
        for (String alias : Collections.list(store.aliases())) {
          if (store.getKey(alias, secret) instanceof PrivateKey key) {
            Certificate[] chain = store.getCertificateChain(alias);
            identities.add(
                Identity.of(
                    file.toString(),
                    Arrays.stream(chain).map(X509Certificate.class::cast).toList(),
                    key));
          }
        }
      } catch (IOException e) {
        if (e instanceof TlsConfigurationException problem) {
          throw problem;
        }
        throw new TlsConfigurationException(
            e.getCause() instanceof UnrecoverableKeyException
                ? "wrong password for the key store " + file
                : "can't read " + file + ": it is damaged, or no key store",
            e);
      } catch (UnrecoverableKeyException e) {
        throw new TlsConfigurationException(
            "a key in " + file + " has another password than the key store", e);
      } catch (GeneralSecurityException e) {
        throw new TlsConfigurationException(
            "can't read " + file + ": expected a key store of PKCS #12", e);
      }
      if (identities.isEmpty()) {
        throw new TlsConfigurationException(file + " holds no private key with its certificate");
      }
      return identities;
    }

    @Override
    public List<Path> files() {
      return List.of(file);
    }

    /// Without the password.
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// One that is in memory already.
  record Given(Identity identity) implements IdentitySource {
    @Override
    public List<Identity> read() {
      return List.of(identity);
    }

    @Override
    public List<Path> files() {
      return List.of();
    }
  }

  /// The files of several.
  static Stream<Path> filesOf(List<IdentitySource> sources) {
    return sources.stream().flatMap(source -> source.files().stream());
  }
}
