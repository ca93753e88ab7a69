package dev.heddle;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A set of addresses, as prefixes of networks (CIDR, RFC 4632 and RFC 4291 section 2.3), such as
/// those of the proxies that are trusted: `10.0.0.0/8`, `2001:db8::/32`, `127.0.0.1`; and `unix`
/// for all peers of Unix domain sockets. Immutable.
///
/// An IPv4 address that comes as IPv6 (`::ffff:192.0.2.1`) is taken for the IPv4 address it is.
public final class Networks {
  /// No address at all.
  public static final Networks NONE = new Networks(List.of(), false);

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern PREFIX = Pattern.compile("([^/]+)(?:/(0|[1-9]\\d{0,2}))?");

  private final List<Network> networks;
  private final boolean unix;

  private Networks(List<Network> networks, boolean unix) {
    this.networks = networks;
    this.unix = unix;
  }

  /// The networks of a list with commas between.
  ///
  /// @throws IllegalArgumentException naming the one that is none, and what was expected
  public static Networks parse(String list) {
    List<Network> networks = new ArrayList<>();
    boolean unix = false;
    for (String member : list.split(",", -1)) {
      String name = member.strip();
      if (name.equals("unix")) {
        unix = true;
      } else {
        networks.add(Network.parse(name));
      }
    }
    return new Networks(List.copyOf(networks), unix);
  }

  /// An IP address in figures, or null if it is none: nothing is looked up, and what some systems
  /// take as well (`127.1`, `0x7f.1`, a zone behind `%`) is not taken.
  public static @Nullable InetAddress parseAddress(String figures) {
    if (!IPV4.matcher(figures).matches() && !IPV6.matcher(figures).matches()) {
      return null;
    }
    try {
      return hasLeadingZero(figures) ? null : InetAddress.ofLiteral(figures);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Octal to some, decimal to others.
  private static boolean hasLeadingZero(String figures) {
    return figures.contains(".")
        && Arrays.stream(figures.substring(figures.lastIndexOf(':') + 1).split("\\."))
            .anyMatch(octet -> octet.length() > 1 && octet.startsWith("0"));
  }

  /// Whether an address is in one of them.
  public boolean contains(SocketAddress address) {
    return switch (address) {
      case UnixDomainSocketAddress _ -> unix;
      case InetSocketAddress inet -> inet.getAddress() != null && contains(inet.getAddress());
      default -> false;
    };
  }

  /// Whether an address is in one of them.
  public boolean contains(InetAddress address) {
    if (networks.isEmpty()) {
      return false;
    }
    byte[] octets = address.getAddress();
    return networks.stream().anyMatch(network -> network.contains(octets));
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return networks.isEmpty() && !unix;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Networks that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /// The list as it can be read again.
  @Override
  public String toString() {
    List<String> names = networks.stream().map(Network::toString).collect(Collectors.toList());
    if (unix) {
      names.add("unix");
    }
    return String.join(",", names);
  }

  /// One of them.
  ///
  /// @param length of the prefix, in bits
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Network(byte[] octets, int length) {

    static Network parse(String text) {
      Matcher parts = PREFIX.matcher(text);
      InetAddress address = parts.matches() ? parseAddress(parts.group(1)) : null;
      if (address == null) {
        throw new IllegalArgumentException(
            "'" + text + "' is no network: expected one such as 10.0.0.0/8, 2001:db8::/32 or unix");
      }
      byte[] octets = address.getAddress();
      int most = octets.length * Byte.SIZE;
      int length = parts.group(2) == null ? most : Integer.parseInt(parts.group(2));
      if (length > most) {
        throw new IllegalArgumentException(
            "'" + text + "' is no network: expected a prefix of at most " + most + " bits");
      }
      for (int bit = length; bit < most; bit++) {
        if ((octets[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
          throw new IllegalArgumentException(
              "'" + text + "' is no network: its address has bits behind the prefix");
        }
      }
      return new Network(octets, length);
    }

    boolean contains(byte[] address) {
      if (address.length != octets.length) {
        return false;
      }
      int whole = length / Byte.SIZE;
      int rest = length % Byte.SIZE;
      return Arrays.equals(address, 0, whole, octets, 0, whole)
          && (rest == 0 || (address[whole] ^ octets[whole]) >> (Byte.SIZE - rest) == 0);
    }

    @Override
    public String toString() {
      try {
        return InetAddress.getByAddress(octets).getHostAddress() + "/" + length;
      } catch (UnknownHostException e) {
        throw new IllegalStateException("neither 4 nor 16 octets", e);
      }
    }
  }
}
