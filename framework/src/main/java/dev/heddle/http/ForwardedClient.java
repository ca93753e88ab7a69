package dev.heddle.http;

import dev.heddle.Peer;
import org.jspecify.annotations.Nullable;

/// For whom a proxy has sent a request.
///
/// @param scheme by which the proxy was called; null: it does not say
/// @param host that the proxy was asked for; null: it does not say
record ForwardedClient(Peer peer, @Nullable String scheme, @Nullable String host) {}
