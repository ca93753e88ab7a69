package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Rates of addresses, under a clock that the test moves.
class AddressRateTest {
  private static final Rate RATE = new Rate(10, Duration.ofSeconds(1));
  private static final long TENTH = Duration.ofMillis(100).toNanos();

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // it may wrap around

  private AddressRate rate(int addresses) {
    return new AddressRate(RATE, addresses, nanos::get);
  }

  private static InetAddress address(String figures) {
    return Networks.parseAddress(figures);
  }

  private static int taken(AddressRate rate, InetAddress address) {
    int count = 0;
    while (rate.take(address) == 0) {
      count++;
    }
    return count;
  }

  @Test
  void soManyAreTakenAtOnceAndAsManyInEachPeriod() {
    AddressRate rate = rate(64);
    InetAddress one = address("192.0.2.1");
    assertThat(taken(rate, one)).isEqualTo(10);
    assertThat(rate.take(one)).isEqualTo(TENTH);
    nanos.addAndGet(TENTH - 1);
    assertThat(rate.take(one)).isEqualTo(1);
    nanos.addAndGet(1);
    assertThat(taken(rate, one)).isEqualTo(1);
    nanos.addAndGet(5 * TENTH);
    assertThat(taken(rate, one)).isEqualTo(5);
    nanos.addAndGet(1000 * TENTH);
    assertThat(taken(rate, one)).as("no more than at the start").isEqualTo(10);
  }

  @Test
  void anotherAddressHasItsOwn() {
    AddressRate rate = rate(64);
    assertThat(taken(rate, address("192.0.2.1"))).isEqualTo(10);
    assertThat(taken(rate, address("192.0.2.2"))).isEqualTo(10);
    assertThat(taken(rate, address("::1"))).isEqualTo(10);
    assertThat(taken(rate, address("2001:db8::1"))).isEqualTo(10);
    assertThat(taken(rate, address("2001:db8:0:1::1"))).isEqualTo(10);
  }

  @Test
  void allOfASubscribersAddressesAreOne() {
    AddressRate rate = rate(64);
    assertThat(taken(rate, address("2001:db8::1"))).isEqualTo(10);
    assertThat(taken(rate, address("2001:db8::ffff:ffff:ffff:ffff"))).isZero();
    assertThat(taken(rate, address("::ffff:192.0.2.1"))).isEqualTo(10);
    assertThat(taken(rate, address("192.0.2.1"))).as("the same by another name").isZero();
  }

  @Test
  void aCrowdOfOthersDoesNotGiveTokensBackToThoseWhoAreShortestOfThem() {
    AddressRate rate = rate(8);
    InetAddress greedy = address("192.0.2.1");
    assertThat(taken(rate, greedy)).isEqualTo(10);
    for (int i = 0; i < 1000; i++) {
      assertThat(rate.take(address("10.0." + i / 250 + "." + i % 250))).isZero();
      assertThat(rate.take(greedy)).isPositive();
    }
  }

  @Test
  void manyThreadsTakeNoMoreThanThereAre() throws Exception {
    AddressRate rate = rate(64);
    AtomicInteger taken = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform().start(() -> taken.addAndGet(taken(rate, address("192.0.2.1"))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).hasValue(10);
  }

  @Test
  void ratesAreWithinReason() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rate(-1, Duration.ofSeconds(1)))
        .withMessage("rate is -1: expected a number from 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofDays(2)));
    assertThat(Rate.UNLIMITED.isUnlimited()).isTrue();
  }
}
