package dev.heddle.http;

import dev.heddle.Networks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What one proxy tells of whom it was called by. The texts are as they came: what nobody walks to
/// is not looked at.
///
/// @param node the address it was called from, with a port or without; null: it does not say
/// @param proto the scheme it was called by
/// @param host the host that it was asked for
record ForwardedHop(@Nullable String node, @Nullable String proto, @Nullable String host) {
  private static final Pattern IPV4 = Pattern.compile("([0-9.]+)(?::([0-9]{1,5}))?");

  /// Only addresses of IPv6 stand in brackets (RFC 7239, section 6): those with a colon.
  private static final Pattern IPV6 =
      Pattern.compile("\\[([0-9a-fA-F]*:[0-9a-fA-F:.]*)\\](?::([0-9]{1,5}))?");

  /// A name that hides the address (RFC 7239, sections 6.2 and 6.3), with a port or a name for one.
  private static final Pattern HIDDEN =
      Pattern.compile("(?:unknown|_[A-Za-z0-9._-]+)(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?");

  /// The hops of the fields `X-Forwarded-For`, `-Proto` and `-Host`, the client's end first. Where
  /// only one proxy has told the last two, it speaks for all that it trusts.
  static List<ForwardedHop> ofLegacyFields(Headers headers) {
    List<String> nodes = members(headers, "X-Forwarded-For");
    List<String> protos = members(headers, "X-Forwarded-Proto");
    List<String> hosts = members(headers, "X-Forwarded-Host");
    if (nodes.isEmpty() && !(protos.isEmpty() && hosts.isEmpty())) {
      return List.of(new ForwardedHop(null, fromEnd(protos, 0), fromEnd(hosts, 0)));
    }
    List<ForwardedHop> hops = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      int left = nodes.size() - 1 - i;
      hops.add(
          new ForwardedHop(bracketed(nodes.get(i)), fromEnd(protos, left), fromEnd(hosts, left)));
    }
    return hops;
  }

  private static List<String> members(Headers headers, String name) {
    List<String> members = new ArrayList<>();
    for (String value : headers.all(name)) {
      for (String member : value.split(",", -1)) {
        members.add(member.strip());
      }
    }
    return members;
  }

  /// The member that stands so many places left of the last, or the first if there are fewer.
  private static @Nullable String fromEnd(List<String> members, int places) {
    return members.isEmpty() ? null : members.get(Math.max(0, members.size() - 1 - places));
  }

  /// IPv6 comes without brackets here.
  private static String bracketed(String node) {
    return node.indexOf(':') != node.lastIndexOf(':') && !node.startsWith("[")
        ? "[" + node + "]"
        : node;
  }

  /// The address, its port zero if that is not told; null if it is hidden.
  ///
  /// @throws ProtocolException 400 if it is none
  @Nullable InetSocketAddress address() throws ProtocolException {
    if (node == null || HIDDEN.matcher(node).matches()) {
      return null;
    }
    Matcher ipv4 = IPV4.matcher(node);
    Matcher parts = ipv4.matches() ? ipv4 : IPV6.matcher(node);
    InetAddress address = parts.matches() ? Networks.parseAddress(parts.group(1)) : null;
    int port = address == null || parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    if (address == null || port > 0xffff) {
      throw ProtocolException.badRequest("a proxy's fields name no address");
    }
    return new InetSocketAddress(address, port);
  }

  /// The scheme in lower case, or null if it is not told.
  ///
  /// @throws ProtocolException 400 if it is none of HTTP
  @Nullable String scheme() throws ProtocolException {
    if (proto == null) {
      return null;
    }
    String scheme = proto.toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw ProtocolException.badRequest("a proxy's fields name no scheme of HTTP");
    }
    return scheme;
  }

  /// The host with its port if that was given, or null if it is not told.
  ///
  /// @throws ProtocolException 400 if it is none
  @Nullable String authority() throws ProtocolException {
    if (host == null) {
      return null;
    }
    byte[] octets = host.getBytes(StandardCharsets.ISO_8859_1);
    if (!Authority.isValid(octets, 0, octets.length, false)) {
      throw ProtocolException.badRequest("a proxy's fields name no host");
    }
    return host;
  }
}
