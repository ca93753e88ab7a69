package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
  private static final byte[] KEY = {(byte) 0x37, (byte) 0xfa, (byte) 0x21, (byte) 0x3d};

  @Test
  void everyLengthAtEveryOffsetIsUnmaskedAsTheRfcSays() {
    Random random = new Random(5);
    for (int offset = 0; offset < 9; offset++) {
      for (int length = 0; length < 70; length++) {
        byte[] masked = new byte[offset + length];
        random.nextBytes(masked);
        byte[] expected = new byte[length];
        for (int i = 0; i < length; i++) {
          expected[i] = (byte) (masked[offset + i] ^ KEY[i % 4]);
        }
        byte[] dst = new byte[length + 3];
        Masking.unmask(Masking.key(KEY, 0), masked, offset, dst, 3, length);
        assertThat(Arrays.copyOfRange(dst, 3, dst.length)).isEqualTo(expected);
        Masking.unmask(Masking.key(KEY, 0), masked, offset, masked, offset, length);
        assertThat(Arrays.copyOfRange(masked, offset, masked.length)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aPayloadMayBeCutAnywhere() {
    byte[] masked = new byte[40];
    new Random(6).nextBytes(masked);
    byte[] whole = new byte[40];
    int key = Masking.key(KEY, 0);
    Masking.unmask(key, masked, 0, whole, 0, 40);
    for (int cut = 0; cut <= 40; cut++) {
      byte[] dst = new byte[40];
      Masking.unmask(key, masked, 0, dst, 0, cut);
      Masking.unmask(Masking.advance(key, cut), masked, cut, dst, cut, 40 - cut);
      assertThat(dst).isEqualTo(whole);
    }
  }

  @Test
  void aByteOutsideAsciiIsNoticedWhereverItStands() {
    for (int length = 1; length < 40; length++) {
      byte[] dst = new byte[length];
      assertThat(Utf8.isAscii(Masking.unmask(0, new byte[length], 0, dst, 0, length))).isTrue();
      for (int i = 0; i < length; i++) {
        byte[] src = new byte[length];
        src[i] = (byte) 0x80;
        assertThat(Utf8.isAscii(Masking.unmask(0, src, 0, dst, 0, length))).isFalse();
      }
    }
  }
}
