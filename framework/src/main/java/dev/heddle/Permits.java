package dev.heddle;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How many connections a server may have, in all and from one address: of IPv6 from one /64, as
/// one subscriber has all of those. Any thread; never blocks.
final class Permits {
  private final @Nullable AddressRate connectionRate;
  private final int most;
  private final int mostPerAddress;
  private final AtomicInteger held = new AtomicInteger();
  private final ConcurrentHashMap<Long, Integer> heldByAddress = new ConcurrentHashMap<>();

  /// Permits of which none is held.
  ///
  /// @param most zero: as many as come
  /// @param mostPerAddress zero: as many as come
  Permits(int most, int mostPerAddress) {
    this(most, mostPerAddress, Rate.UNLIMITED);
  }

  /// As above, and so many connections from one address in a time.
  Permits(int most, int mostPerAddress, Rate ratePerAddress) {
    this.connectionRate = ratePerAddress.isUnlimited() ? null : new AddressRate(ratePerAddress);
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /// Takes a permit, if there is one.
  ///
  /// @param address null where the peer has none: then only the limit in all holds
  /// @return whether the permit was granted, and must be released
  boolean acquire(@Nullable InetAddress address) {
    if (!isInRate(address)) {
      return false;
    }
    if (held.incrementAndGet() > most && most > 0) {
      held.decrementAndGet();
      return false;
    }
    if (!acquireFor(address)) {
      held.decrementAndGet();
      return false;
    }
    return true;
  }

  private boolean isInRate(@Nullable InetAddress address) {
    return connectionRate == null || address == null || connectionRate.take(address) == 0;
  }

  private boolean acquireFor(@Nullable InetAddress address) {
    if (mostPerAddress > 0
        && address != null
        && heldByAddress.merge(AddressRate.key(address), 1, Integer::sum) > mostPerAddress) {
      releaseFor(address);
      return false;
    }
    return true;
  }

  /// Passes a permit on from one address to another.
  ///
  /// @return whether the other may have it; if not, it is held for no address
  boolean pass(@Nullable InetAddress from, @Nullable InetAddress to) {
    releaseFor(from);
    return isInRate(to) && acquireFor(to);
  }

  void release(@Nullable InetAddress address) {
    held.decrementAndGet();
    releaseFor(address);
  }

  private void releaseFor(@Nullable InetAddress address) {
    if (mostPerAddress > 0 && address != null) {
      heldByAddress.computeIfPresent(
          AddressRate.key(address), (key, count) -> count == 1 ? null : count - 1);
    }
  }

  int held() {
    return held.get();
  }
}
