package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private final BufferPool pool = new BufferPool();

  @Test
  void whatIsLentIsEmptyAndOfOneSize() {
    ByteBuffer heap = pool.borrow();
    assertThat(heap.hasArray()).isTrue();
    assertThat(heap.position()).isZero();
    assertThat(heap.limit()).isEqualTo(BufferPool.CAPACITY).isEqualTo(heap.capacity());

    ByteBuffer direct = pool.borrowDirect();
    assertThat(direct.isDirect()).isTrue();
    assertThat(direct.limit()).isEqualTo(BufferPool.CAPACITY).isEqualTo(direct.capacity());
  }

  @Test
  void theOneGivenBackLastIsLentFirstAndEmpty() {
    ByteBuffer buffer = pool.borrow();
    buffer.putInt(1).limit(10);
    pool.giveBack(buffer);
    ByteBuffer again = pool.borrow();
    assertThat(again).isSameAs(buffer);
    assertThat(again.position()).isZero();
    assertThat(again.limit()).isEqualTo(BufferPool.CAPACITY);
  }

  @Test
  void heapAndDirectBuffersDoNotMix() {
    ByteBuffer direct = pool.borrowDirect();
    pool.giveBack(direct);
    assertThat(pool.borrow().isDirect()).isFalse();
    assertThat(pool.borrowDirect()).isSameAs(direct);
  }

  @Test
  void aBufferOfAnotherSizeIsNotKept() {
    ByteBuffer small = ByteBuffer.allocate(10);
    pool.giveBack(small);
    assertThat(pool.borrow()).isNotSameAs(small);
    assertThat(pool.borrow().capacity()).isEqualTo(BufferPool.CAPACITY);
  }

  @Test
  void moreThanItHasPlacesForAreLetGo() {
    List<ByteBuffer> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(pool.borrow());
    }
    all.forEach(pool::giveBack);
    Set<ByteBuffer> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    kept.addAll(all);
    int known = 0;
    for (int i = 0; i < 1000; i++) {
      known += kept.remove(pool.borrow()) ? 1 : 0;
    }
    assertThat(known).isBetween(1, 999);
  }

  @Test
  void noBufferIsLentTwiceAtATime() throws Exception {
    long seed = System.nanoTime();
    List<Future<?>> users = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        Random random = new Random(seed + i);
        int mark = i + 1;
        users.add(threads.submit(() -> use(random, mark)));
      }
      for (Future<?> user : users) {
        user.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /// Marks what it holds, and finds its marks when it gives it back.
  private boolean use(Random random, int mark) {
    Deque<ByteBuffer> held = new ArrayDeque<>();
    for (int i = 0; i < 100_000; i++) {
      if (random.nextInt(100) < 90 - held.size()) {
        ByteBuffer buffer = random.nextBoolean() ? pool.borrow() : pool.borrowDirect();
        assertThat(buffer.position()).isZero();
        held.add(buffer.putInt(0, mark));
      } else if (!held.isEmpty()) {
        ByteBuffer buffer = random.nextBoolean() ? held.removeFirst() : held.removeLast();
        assertThat(buffer.getInt(0)).isEqualTo(mark);
        pool.giveBack(buffer);
      }
    }
    return true;
  }
}
