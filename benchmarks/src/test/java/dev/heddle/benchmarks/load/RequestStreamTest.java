package dev.heddle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestStreamTest {
  private static final int PERIOD = 1_009;
  private static final int STRIDE = 7_919;

  private static byte[] period() {
    byte[] once = new byte[PERIOD];
    new SplittableRandom(1).nextBytes(once);
    return once;
  }

  private static ByteBuffer expected(byte[] once, long place, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = once[(int) ((place + i) % PERIOD)];
    }
    return ByteBuffer.wrap(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, PERIOD - 1, PERIOD, PERIOD + 1, 3 * PERIOD, RequestStream.MAX_SLICE})
  void theBytesComeRoundAgainWhateverIsTakenOfThem(int length) {
    byte[] once = period();
    RequestStream stream = new RequestStream(once, 64, STRIDE);
    int connection = 999_999; // its start is beyond an int before it comes round
    int position = stream.start(connection);
    long place = (long) connection * STRIDE;
    for (int taken = 0; taken < 40; taken++) {
      assertThat(stream.at(position, length)).isEqualTo(expected(once, place, length));
      position = stream.after(position, length);
      place += length;
    }
  }
}
