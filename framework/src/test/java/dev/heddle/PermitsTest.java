package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final InetAddress ONE = address(1);
  private static final InetAddress TWO = address(2);

  private static InetAddress address(int last) {
    return InetAddress.ofLiteral("192.0.2." + last);
  }

  @Test
  void zeroIsNoLimit() {
    Permits permits = new Permits(0, 0);
    for (int i = 0; i < 10_000; i++) {
      assertThat(permits.acquire(ONE)).isTrue();
    }
    assertThat(permits.held()).isEqualTo(10_000);
  }

  @Test
  void theLimitInAllHoldsAcrossAddresses() {
    Permits permits = new Permits(2, 0);
    assertThat(permits.acquire(ONE)).isTrue();
    assertThat(permits.acquire(TWO)).isTrue();
    assertThat(permits.acquire(address(3))).isFalse();
    assertThat(permits.acquire(null)).isFalse();
    permits.release(ONE);
    assertThat(permits.acquire(null)).isTrue();
    assertThat(permits.held()).isEqualTo(2);
  }

  @Test
  void theLimitOfAnAddressIsItsOwn() {
    Permits permits = new Permits(0, 1);
    assertThat(permits.acquire(ONE)).isTrue();
    assertThat(permits.acquire(ONE)).isFalse();
    assertThat(permits.acquire(TWO)).isTrue();
    permits.release(ONE);
    assertThat(permits.acquire(ONE)).isTrue();
    assertThat(permits.acquire(TWO)).isFalse();
  }

  @Test
  void equalAddressesAreOne() throws Exception {
    Permits permits = new Permits(0, 1);
    assertThat(permits.acquire(InetAddress.getByAddress("a", ONE.getAddress()))).isTrue();
    assertThat(permits.acquire(InetAddress.getByAddress("b", ONE.getAddress()))).isFalse();
  }

  /// Whoever has one address of IPv6 mostly has 2^64 of them.
  @Test
  void anAddressOfIpv6CountsAsItsNetwork() {
    InetAddress two = InetAddress.ofLiteral("2001:db8:1:2::2");
    Permits permits = new Permits(0, 1);
    assertThat(permits.acquire(InetAddress.ofLiteral("2001:db8:1:2::1"))).isTrue();
    assertThat(permits.acquire(two)).isFalse();
    assertThat(permits.acquire(InetAddress.ofLiteral("2001:db8:1:2:ffff:ffff::"))).isFalse();
    assertThat(permits.acquire(InetAddress.ofLiteral("2001:db8:1:3::1"))).isTrue();
    permits.release(InetAddress.ofLiteral("2001:db8:1:2::1"));
    assertThat(permits.acquire(two)).isTrue();
  }

  @Test
  void aRefusalForTheAddressTakesNothingFromTheLimitInAll() {
    Permits permits = new Permits(2, 1);
    assertThat(permits.acquire(ONE)).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(permits.acquire(ONE)).isFalse();
    }
    assertThat(permits.acquire(TWO)).isTrue();
    assertThat(permits.held()).isEqualTo(2);
  }

  @Test
  void thoseWithoutAnAddressHaveNoLimitOfTheirOwn() {
    Permits permits = new Permits(0, 1);
    assertThat(permits.acquire(null)).isTrue();
    assertThat(permits.acquire(null)).isTrue();
    permits.release(null);
    assertThat(permits.held()).isEqualTo(1);
  }

  @Test
  void noLimitIsEverExceededAndNoPermitIsLost() throws Exception {
    long seed = System.nanoTime();
    Permits permits = new Permits(10, 3);
    AtomicIntegerArray held = new AtomicIntegerArray(5);
    List<Future<?>> users = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        Random random = new Random(seed + i);
        users.add(threads.submit(() -> use(permits, held, random)));
      }
      for (Future<?> user : users) {
        user.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertThat(permits.held()).isZero();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 2; j++) {
        assertThat(permits.acquire(address(i))).as("seed %d", seed).isTrue();
      }
    }
  }

  /// The fifth counter is that of all.
  private static boolean use(Permits permits, AtomicIntegerArray held, Random random) {
    for (int i = 0; i < 50_000; i++) {
      int who = random.nextInt(4);
      if (permits.acquire(address(who))) {
        assertThat(held.incrementAndGet(who)).isLessThanOrEqualTo(3);
        assertThat(held.incrementAndGet(4)).isLessThanOrEqualTo(10);
        held.decrementAndGet(4);
        held.decrementAndGet(who);
        permits.release(address(who));
      }
    }
    return true;
  }

  @Test
  void aPermitIsPassedOnToAnAddressThatMayHaveIt() throws Exception {
    Permits permits = new Permits(3, 1);
    InetAddress first = Networks.parseAddress("192.0.2.1");
    InetAddress second = Networks.parseAddress("192.0.2.2");
    assertThat(permits.acquire(null)).isTrue();
    assertThat(permits.pass(null, first)).isTrue();
    assertThat(permits.acquire(null)).isTrue();
    assertThat(permits.pass(null, first)).as("it has one").isFalse();
    assertThat(permits.pass(null, second)).isTrue();
    assertThat(permits.pass(first, first)).as("its own makes room").isTrue();
    permits.release(first);
    assertThat(permits.held()).isEqualTo(1);
    assertThat(permits.acquire(first)).isTrue();
  }
}
