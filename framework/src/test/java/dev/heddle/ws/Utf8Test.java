package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  private static boolean isValid(byte[] octets, int cut) {
    int state = Utf8.check(Utf8.COMPLETE, octets, 0, cut);
    return state != Utf8.INVALID && Utf8.check(state, octets, cut, octets.length) == Utf8.COMPLETE;
  }

  private static boolean isValidToTheJdk(byte[] octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void agreesWithTheJdk(byte[] octets) {
    boolean valid = isValidToTheJdk(octets);
    for (int cut = 0; cut <= octets.length; cut++) {
      if (isValid(octets, cut) != valid) {
        throw new AssertionError(Arrays.toString(octets) + " cut at " + cut + ": not " + valid);
      }
    }
  }

  @Test
  void everyPairOfBytesIsJudgedAsTheJdkDoesWhateverFollows() {
    byte[] thirds = {
      0, 0x41, 0x7f, (byte) 0x80, (byte) 0x9f, (byte) 0xa0, (byte) 0xbf, (byte) 0xc2
    };
    for (int i = 0; i < 1 << 16; i++) {
      agreesWithTheJdk(new byte[] {(byte) (i >> 8), (byte) i});
      for (byte third : thirds) {
        agreesWithTheJdk(new byte[] {(byte) (i >> 8), (byte) i, third});
      }
    }
  }

  @Test
  void everyCharacterIsValidAndEveryTruncationOfItIsNot() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        continue;
      }
      byte[] octets = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
      int state = Utf8.COMPLETE;
      for (int i = 0; i < octets.length; i++) {
        if (i > 0 && (state == Utf8.COMPLETE || state == Utf8.INVALID)) {
          throw new AssertionError("cut at " + i + ": U+" + Integer.toHexString(codePoint));
        }
        state = Utf8.check(state, octets, i, i + 1);
      }
      if (state != Utf8.COMPLETE) {
        throw new AssertionError("U+" + Integer.toHexString(codePoint));
      }
    }
  }

  @Test
  void everyOverlongFormIsRefusedAtItsFirstImpossibleByte() {
    for (int codePoint = 0; codePoint < 0x1_0000; codePoint++) {
      if (codePoint < 0x80) {
        refusedAt(new int[] {0xc0 | codePoint >> 6, 0x80 | (codePoint & 0x3f)}, 0);
      }
      if (codePoint < 0x800) {
        refusedAt(new int[] {0xe0, 0x80 | codePoint >> 6, 0x80 | (codePoint & 0x3f)}, 1);
      }
      refusedAt(
          new int[] {
            0xf0, 0x80 | codePoint >> 12, 0x80 | (codePoint >> 6 & 0x3f), 0x80 | (codePoint & 0x3f)
          },
          1);
    }
  }

  @Test
  void everySurrogateIsRefusedAtItsSecondByte() {
    for (int c = Character.MIN_SURROGATE; c <= Character.MAX_SURROGATE; c++) {
      refusedAt(new int[] {0xe0 | c >> 12, 0x80 | (c >> 6 & 0x3f), 0x80 | (c & 0x3f)}, 1);
    }
  }

  @Test
  void whatIsBeyondUnicodeIsRefused() {
    refusedAt(new int[] {0xf4, 0x90, 0x80, 0x80}, 1);
    for (int first = 0xf5; first <= 0xff; first++) {
      refusedAt(new int[] {first, 0x80, 0x80, 0x80}, 0);
    }
    for (int lone = 0x80; lone <= 0xbf; lone++) {
      refusedAt(new int[] {lone}, 0);
    }
  }

  private static void refusedAt(int[] octets, int bad) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    int before = Utf8.check(Utf8.COMPLETE, bytes, 0, bad);
    if (before == Utf8.INVALID || Utf8.check(before, bytes, bad, bad + 1) != Utf8.INVALID) {
      throw new AssertionError(Arrays.toString(octets) + " is not refused at " + bad);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomTextWithDamageIsJudgedAsTheJdkDoes(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> 0x20 + random.nextInt(0x5f);
              case 1 -> 0x80 + random.nextInt(0x700);
              case 2 -> 0x800 + random.nextInt(0xc000);
              default -> 0x1_0000 + random.nextInt(0x10_0000);
            });
      }
      byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
      agreesWithTheJdk(octets);
      if (octets.length > 0) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        agreesWithTheJdk(octets);
      }
    }
    assertThat(seed).isPositive();
  }
}
