package dev.heddle.tls;

import dev.heddle.ConnectionHandler;
import dev.heddle.Transport;
import dev.heddle.TransportLayer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// The server's side of TLS 1.2 and 1.3 (RFC 5246, RFC 8446): certificates, and what is asked of
/// clients. It goes around a handler, on any backend:
///
/// ```java
/// Tls tls = Tls.builder().certificate(Path.of("chain.pem"), Path.of("key.pem")).build();
/// Server.listen(8443, tls.secure(Http1.of(handler))).join();
/// ```
///
/// Or a handler puts it on a connection that began in the clear, as STARTTLS does:
/// `connection.layer(tls)`. Either way, [dev.heddle.Connection#tls()] then tells what was agreed
/// on.
///
/// Cipher suites are those with forward secrecy and authenticated encryption; of these the client
/// has the choice. Renegotiation is refused. Sessions are resumed, by tickets or session ids.
///
/// Threading: any thread may call any method; serves any number of connections.
public final class Tls implements TransportLayer, AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.heddle.tls");

  private final Builder options;
  private final ReentrantLock reloading = new ReentrantLock();
  private final @Nullable FileWatch watch;

  /// What new connections use. Written under the lock; read by any thread.
  private volatile TlsContext current;

  private Tls(Builder options) throws TlsConfigurationException {
    this.options = options;
    this.current = options.read();
    warnOfDates(current);
    this.watch =
        options.reloadInterval.isZero()
            ? null
            : FileWatch.start(options.files(), options.reloadInterval, this::reload);
  }

  /// A builder without a certificate.
  public static Builder builder() {
    return new Builder();
  }

  /// A handler that shakes hands with each peer, and then hands the connection
  /// [over][dev.heddle.Connection#handOver] to `next`. A handshake that takes too long ends, and so
  /// does a connection on which none begins. Whoever speaks plain HTTP is told so, in plain HTTP,
  /// by a response of status 400.
  public ConnectionHandler secure(ConnectionHandler next) {
    return new TlsHandler(this, options.handshakeTimeout, next);
  }

  /// Shakes hands on a connection as it is, blocking until both sides are done.
  ///
  /// @throws javax.net.ssl.SSLException if they do not come to terms
  @Override
  public Transport over(Transport below, ByteBuffer arrived) throws IOException {
    SSLEngine engine = current.engine();
    TlsTransport transport = new TlsTransport(below, engine, options.tasks, arrived);
    transport.handshake();
    return transport;
  }

  /// Reads all files again: connections that come from now on have what they hold now, those that
  /// are open go on. If something is wrong with them, all stays as it was, and a line in the log
  /// says why. Blocks while it reads.
  ///
  /// @return whether what the files hold is in use
  public boolean reload() {
    reloading.lock();
    try {
      TlsContext read = options.read();
      current = read;
      warnOfDates(read);
      LOG.log(Level.INFO, () -> "certificates were read again: " + describe(read));
      return true;
    } catch (TlsConfigurationException e) {
      LOG.log(
          Level.WARNING,
          "certificates were not replaced, those read before stay in use: " + e.getMessage());
      return false;
    } finally {
      reloading.unlock();
    }
  }

  /// The certificates in use, in a line for logs: whom they are for, and until when.
  public String description() {
    return describe(current);
  }

  private static String describe(TlsContext context) {
    return String.join("; ", context.identities().stream().map(Tls::describe).toList());
  }

  private static String describe(Identity identity) {
    if (identity.origin().equals(DevelopmentCertificate.ORIGIN)) {
      return DevelopmentCertificate.describe(identity);
    }
    return "%s until %s (%s)"
        .formatted(
            identity.names().isEmpty()
                ? identity.certificate().getSubjectX500Principal().getName()
                : String.join(", ", identity.names()),
            identity.certificate().getNotAfter().toInstant(),
            identity.origin());
  }

  private static void warnOfDates(TlsContext context) {
    for (Identity identity : context.identities()) {
      String invalidity = identity.invalidity();
      if (invalidity != null) {
        LOG.log(Level.WARNING, invalidity);
      }
    }
  }

  /// Stops looking at the files. Connections go on, and more may come.
  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }

  /// Collects what TLS needs. Not for several threads at once.
  public static final class Builder {
    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private final List<IdentitySource> sources = new ArrayList<>();
    private ClientAuthentication clientAuthentication = ClientAuthentication.NONE;
    private @Nullable Path trust;
    private List<String> protocols = PROTOCOLS;
    private List<String> applicationProtocols = List.of();
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration reloadInterval = Duration.ZERO;
    private Executor tasks = Runnable::run;

    private Builder() {}

    /// Adds a certificate from PEM files.
    ///
    /// @param chain the certificate, and those of its issuers behind it, but for the root
    /// @param key in PKCS #8, PKCS #1 or SEC 1, not encrypted
    public Builder certificate(Path chain, Path key) {
      return certificate(chain, key, null);
    }

    /// Adds a certificate from PEM files. With several, the client is shown the one for the host
    /// that it asks for (SNI), and the first if none is.
    ///
    /// @param key in PKCS #8, encrypted or not, PKCS #1 or SEC 1
    /// @param password of the key; null: it is not encrypted
    public Builder certificate(Path chain, Path key, @Nullable String password) {
      sources.add(new IdentitySource.PemFiles(chain, key, password));
      return this;
    }

    /// Adds all certificates with keys from a key store, PKCS #12 as a rule.
    ///
    /// @param password of the store and of the keys in it
    public Builder keyStore(Path file, String password) {
      sources.add(new IdentitySource.KeyStoreFile(file, password));
      return this;
    }

    /// Adds a certificate that signs itself, made now, for localhost, 127.0.0.1 and ::1: for
    /// development.
    public Builder developmentCertificate() {
      sources.add(new IdentitySource.Given(DevelopmentCertificate.create()));
      return this;
    }

    /// Whether clients have to show a certificate, and who may have signed it.
    ///
    /// @param authorities certificates in PEM; those of clients are verified up to one of them.
    ///   Revocation is not looked up.
    public Builder clientAuthentication(ClientAuthentication value, Path authorities) {
      clientAuthentication = value;
      trust = authorities;
      return this;
    }

    /// The versions to speak: `TLSv1.2`, `TLSv1.3`, or both, which is the default.
    ///
    /// @throws IllegalArgumentException if there are others, or none
    public Builder protocols(String... names) {
      List<String> asked = List.of(names);
      if (asked.isEmpty() || !PROTOCOLS.containsAll(asked)) {
        throw new IllegalArgumentException(
            "protocols is " + asked + ": expected TLSv1.2, TLSv1.3 or both");
      }
      protocols = asked;
      return this;
    }

    /// The protocols that the handler speaks, the best first, to be negotiated with clients that
    /// name some (ALPN): `http/1.1`. With a client that names only others the handshake fails. By
    /// default there are none, and nothing is negotiated.
    public Builder applicationProtocols(String... names) {
      applicationProtocols = List.of(names);
      return this;
    }

    /// How long a peer may take to begin a handshake, and then to finish it; ten seconds by
    /// default. Zero: for ever.
    ///
    /// @throws IllegalArgumentException if it is negative, or more than 24 days
    public Builder handshakeTimeout(Duration value) {
      if (value.isNegative() || value.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
        throw new IllegalArgumentException(
            "handshakeTimeout is " + value + ": expected 0 or up to 24 days");
      }
      handshakeTimeout = value;
      return this;
    }

    /// Looks so often whether the files have changed, on a thread of its own, and then [#reload]s
    /// them, until it is closed. Zero, the default: never.
    public Builder reloadOnChange(Duration interval) {
      reloadInterval = interval;
      return this;
    }

    /// Runs the long computations of handshakes, signatures above all, elsewhere than on the
    /// connection's own thread, which waits: for the selector backend, where they hold the event
    /// loop.
    public Builder computeOn(Executor executor) {
      tasks = executor;
      return this;
    }

    /// Reads all files.
    ///
    /// @throws TlsConfigurationException if one can't be read or used: its message says which and
    ///   why
    /// @throws IllegalStateException if there is no certificate
    public Tls build() throws TlsConfigurationException {
      if (sources.isEmpty()) {
        throw new IllegalStateException("no certificate: call certificate(...) before build()");
      }
      return new Tls(new Builder(this));
    }

    private Builder(Builder that) {
      sources.addAll(that.sources);
      clientAuthentication = that.clientAuthentication;
      trust = that.trust;
      protocols = that.protocols;
      applicationProtocols = that.applicationProtocols;
      handshakeTimeout = that.handshakeTimeout;
      reloadInterval = that.reloadInterval;
      tasks = that.tasks;
    }

    private TlsContext read() throws TlsConfigurationException {
      List<Identity> identities = new ArrayList<>();
      for (IdentitySource source : sources) {
        identities.addAll(source.read());
      }
      return TlsContext.of(identities, trust, parameters());
    }

    private List<Path> files() {
      return Stream.concat(IdentitySource.filesOf(sources), Stream.ofNullable(trust)).toList();
    }

    private SSLParameters parameters() {
      SSLParameters parameters = new SSLParameters();
      parameters.setProtocols(protocols.toArray(String[]::new));
      parameters.setApplicationProtocols(applicationProtocols.toArray(String[]::new));
      parameters.setUseCipherSuitesOrder(false);
      switch (clientAuthentication) {
        case NONE -> {}
        case WANT -> parameters.setWantClientAuth(true);
        case NEED -> parameters.setNeedClientAuth(true);
      }
      return parameters;
    }
  }
}
