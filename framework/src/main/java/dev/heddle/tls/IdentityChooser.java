package dev.heddle.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Chooses the certificate by the host that the client asks for (SNI) and the kinds of keys it can
/// check. Who asks for no host, or for one that none is for, is shown the first.
///
/// An alias is an index into the list.
final class IdentityChooser extends X509ExtendedKeyManager {
  private final List<Identity> identities;

  IdentityChooser(List<Identity> identities) {
    this.identities = List.copyOf(identities);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType, Sessions.serverName(engine.getHandshakeSession()));
  }

  /// A certificate for the host goes before one with a key that the client likes better: the caller
  /// asks again, for the next kind of key.
  private @Nullable String choose(String keyType, @Nullable String host) {
    List<Identity> candidates =
        host == null ? List.of() : identities.stream().filter(each -> each.isFor(host)).toList();
    for (Identity each : candidates.isEmpty() ? identities : candidates) {
      if (each.keyType().equals(keyType)) {
        return Integer.toString(identities.indexOf(each));
      }
    }
    return null;
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return identity(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return identity(alias).key();
  }

  private Identity identity(String alias) {
    return identities.get(Integer.parseInt(alias));
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return identities.stream()
        .filter(each -> each.keyType().equals(keyType))
        .map(each -> Integer.toString(identities.indexOf(each)))
        .toArray(String[]::new);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType, null);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
