package dev.heddle.launcher;

import dev.heddle.tls.ClientAuthentication;
import dev.heddle.tls.Tls;
import dev.heddle.tls.TlsConfigurationException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether connections are encrypted, and by whose certificate.
final class TlsFlags {
  private static final System.Logger LOG = System.getLogger("dev.heddle.launcher");

  @Option(
      names = "--tls-cert",
      paramLabel = "<file>",
      split = ",",
      description =
          "Speak TLS by this certificate: PEM, with its issuers behind it; several, by commas, are"
              + " for several hosts")
  List<Path> certificates = List.of();

  @Option(
      names = "--tls-key",
      paramLabel = "<file>",
      split = ",",
      description = "The key to it, in PEM; as many as certificates (default the same file)")
  List<Path> keys = List.of();

  @Option(
      names = "--tls-keystore",
      paramLabel = "<file>",
      description = "Certificates and keys in PKCS #12, in place of PEM")
  @Nullable Path keyStore;

  @Option(
      names = "--tls-key-password",
      paramLabel = "<text>",
      description =
          "Of the key or the key store; whoever lists processes sees it: better say it by"
              + " HEDDLE_TLS_KEY_PASSWORD or in a file")
  @Nullable String keyPassword;

  @Option(
      names = "--tls-key-password-file",
      paramLabel = "<file>",
      description = "A file whose first line is that password")
  @Nullable Path keyPasswordFile;

  @Option(
      names = "--tls-client-auth",
      paramLabel = "<kind>",
      description =
          "Whether clients show a certificate: none, want or need (default ${DEFAULT-VALUE})")
  ClientAuthentication clientAuthentication = ClientAuthentication.NONE;

  @Option(
      names = "--tls-trust",
      paramLabel = "<file>",
      description = "Who may have signed those of clients: certificates in PEM")
  @Nullable Path trust;

  @Option(
      names = "--tls-protocols",
      paramLabel = "<list>",
      split = ",",
      converter = TlsVersionConverter.class,
      description = "Versions to speak: 1.2, 1.3 or 1.2,1.3 (default both)")
  List<String> protocols = List.of();

  @Option(
      names = "--tls-handshake-timeout",
      paramLabel = "<time>",
      description =
          "How long a peer may take to begin a handshake, and then to finish it; 0: for ever"
              + " (default ${DEFAULT-VALUE})")
  Duration handshakeTimeout = Duration.ofSeconds(10);

  @Option(
      names = "--tls-reload",
      paramLabel = "<time>",
      description =
          "How often to look whether the files have changed, and read them again; 0: only at SIGHUP"
              + " (default ${DEFAULT-VALUE})")
  Duration reload = Duration.ofSeconds(10);

  @Option(
      names = "--tls-dev",
      fallbackValue = "true",
      description =
          "Speak TLS by a certificate made now, which signs itself, for localhost: for development"
              + " only")
  boolean development;

  /// What the handler speaks, for ALPN.
  private List<String> applicationProtocols = List.of();

  void speak(String... protocolNames) {
    applicationProtocols = List.of(protocolNames);
  }

  /// TLS as the flags ask for it, with its files read; null if they ask for none.
  @Nullable Tls open() {
    check();
    if (certificates.isEmpty() && keyStore == null && !development) {
      return null;
    }
    try {
      Tls tls = builder().build();
      if (development) {
        LOG.log(Level.WARNING, "--tls-dev: " + tls.description());
      }
      Signals.on(Signals.HANG_UP, tls::reload);
      return tls;
    } catch (TlsConfigurationException e) {
      throw LaunchException.environment(String.valueOf(e.getMessage()));
    }
  }

  private Tls.Builder builder() {
    Tls.Builder tls = Tls.builder();
    String password = password();
    for (int i = 0; i < certificates.size(); i++) {
      tls.certificate(certificates.get(i), (keys.isEmpty() ? certificates : keys).get(i), password);
    }
    if (keyStore != null) {
      tls.keyStore(keyStore, password == null ? "" : password);
    }
    if (development) {
      tls.developmentCertificate();
    }
    if (trust != null) {
      tls.clientAuthentication(clientAuthentication, trust);
    }
    if (!protocols.isEmpty()) {
      tls.protocols(protocols.toArray(String[]::new));
    }
    return tls.applicationProtocols(applicationProtocols.toArray(String[]::new))
        .handshakeTimeout(handshakeTimeout)
        .reloadOnChange(reload);
  }

  /// Refuses combinations that mean nothing.
  private void check() {
    int sources =
        (certificates.isEmpty() ? 0 : 1) + (keyStore == null ? 0 : 1) + (development ? 1 : 0);
    if (sources > 1) {
      throw LaunchException.usage(
          "--tls-cert, --tls-keystore and --tls-dev exclude each other: give one of them");
    }
    if (certificates.isEmpty() && !keys.isEmpty()) {
      throw LaunchException.usage("--tls-key needs the certificate it belongs to: add --tls-cert");
    }
    if (!keys.isEmpty() && keys.size() != certificates.size()) {
      throw LaunchException.usage(
          "--tls-cert names %d and --tls-key %d: expected a key for each certificate"
              .formatted(certificates.size(), keys.size()));
    }
    if (keyPassword != null && keyPasswordFile != null) {
      throw LaunchException.usage(
          "--tls-key-password and --tls-key-password-file exclude each other: give one of them");
    }
    boolean asks = clientAuthentication != ClientAuthentication.NONE;
    if (asks && trust == null) {
      throw LaunchException.usage(
          "--tls-client-auth needs to know whom to trust: add --tls-trust=<file>");
    }
    if (!asks && trust != null) {
      throw LaunchException.usage(
          "--tls-trust is about clients' certificates: add --tls-client-auth=want or need");
    }
    if (sources == 0 && (asks || keyPassword != null || keyPasswordFile != null)) {
      throw LaunchException.usage(
          "there is no certificate to speak TLS by: add --tls-cert, --tls-keystore or --tls-dev");
    }
  }

  private @Nullable String password() {
    if (keyPasswordFile == null) {
      return keyPassword;
    }
    try {
      return Files.readString(keyPasswordFile).lines().findFirst().orElse("");
    } catch (NoSuchFileException e) {
      throw unreadable(keyPasswordFile, "no such file");
    } catch (IOException e) {
      throw unreadable(keyPasswordFile, String.valueOf(e.getMessage()));
    }
  }

  private static LaunchException unreadable(Path file, String why) {
    return LaunchException.environment("--tls-key-password-file is '%s': %s".formatted(file, why));
  }
}
