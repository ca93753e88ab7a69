package dev.heddle;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/// Holds a [Rate] for each address, in memory that does not grow: a token bucket for each IPv4
/// address and for each /64 of IPv6, as one subscriber has all of those.
///
/// A bucket is one number, the moment at which it will be full again (the generic cell rate
/// algorithm, ITU-T I.371). One that is full is as good as none, so most places are free most of
/// the time:
///
/// ```
///   set 0:  | address, full at | address, full at | ... 8 of them |
///   set 1:  ...                        an address has places in one set alone
/// ```
///
/// If more addresses are short of tokens than there are places in their set, the one that is
/// soonest full is forgotten. Whoever can send from that many addresses can't be held by their
/// rates.
///
/// Threading: any thread; a set is locked for some nanoseconds.
public final class AddressRate {
  /// How many addresses are known at a time, by default: 16 bytes each.
  public static final int DEFAULT_ADDRESSES = 1 << 16;

  private static final int WAYS = 8;

  /// Above all /64 of IPv6 that are any one's address.
  private static final long IPV4 = 0xffff_ffff_0000_0000L;

  private static final int STRIPES = 64;

  private final long interval;
  private final long depth;
  private final int sets;
  private final long[] keys;
  private final long[] fullAt;
  private final Object[] stripes = new Object[STRIPES];
  private final long seed = new SecureRandom().nextLong();
  private final LongSupplier nanoTime;
  private final long origin;

  /// Full buckets for all.
  ///
  /// @param rate not [Rate#UNLIMITED]
  public AddressRate(Rate rate) {
    this(rate, DEFAULT_ADDRESSES, System::nanoTime);
  }

  /// Full buckets for all.
  ///
  /// @param addresses a power of two from 8
  AddressRate(Rate rate, int addresses, LongSupplier nanoTime) {
    OptionCheck.check(
        addresses >= WAYS && Integer.bitCount(addresses) == 1,
        "addresses",
        addresses,
        "a power of two from " + WAYS);
    this.interval = rate.interval();
    this.depth = interval * rate.count();
    this.sets = addresses / WAYS;
    this.keys = new long[addresses];
    this.fullAt = new long[addresses];
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong() - 1;
  }

  /// Takes a token of an address, if there is one.
  ///
  /// @return 0 if there was; else how long until there will be, in nanoseconds
  public long take(InetAddress address) {
    long key = key(address);
    int set = (int) (mix(key ^ seed) & (sets - 1));
    synchronized (stripes[set % STRIPES]) {
      long now = nanoTime.getAsLong() - origin;
      int place = place(key, set * WAYS);
      boolean known = keys[place] == key;
      long full = Math.max(known ? fullAt[place] : 0, now) + interval;
      if (full - now > depth) {
        return full - now - depth;
      }
      keys[place] = key;
      fullAt[place] = full;
      return 0;
    }
  }

  /// Where an address is, or else where it may be: in the place that matters least.
  private int place(long key, int from) {
    int least = from;
    for (int i = from; i < from + WAYS; i++) {
      if (keys[i] == key) {
        return i;
      }
      if (fullAt[i] < fullAt[least]) {
        least = i;
      }
    }
    return least;
  }

  /// Tells addresses apart whose limits are their own: of IPv6 it is the same for all of a /64.
  static long key(InetAddress address) {
    ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
    return octets.remaining() == Integer.BYTES
        ? IPV4 | Integer.toUnsignedLong(octets.getInt())
        : octets.getLong();
  }

  /// Spreads keys over sets so that nobody can choose his own (the finalizer of SplitMix64).
  private static long mix(long key) {
    long z = key + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
