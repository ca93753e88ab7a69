/// The PROXY protocol, versions 1 and 2: how a proxy that passes bytes on tells who their sender
/// is. Start with [dev.heddle.proxy.ProxyProtocol].
///
/// The specification is HAProxy's `proxy-protocol.txt`; sections are named after it.
package dev.heddle.proxy;
