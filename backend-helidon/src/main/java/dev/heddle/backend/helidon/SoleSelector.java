package dev.heddle.backend.helidon;

import dev.heddle.ConnectionScope;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// Takes every connection. As it is the only one, Helidon asks it before a byte has come, and so a
/// server may speak first.
record SoleSelector(ConnectionScope scope, HostedServer server)
    implements ServerConnectionSelector {

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new HostedConnection(context, scope, server);
  }
}
