package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CloseFrameTest {
  @Test
  void onlyCodesThatMayBeSentAreSent() {
    assertThat(IntStream.rangeClosed(0, 70_000).filter(CloseCode::isSendable).sum())
        .isEqualTo(
            IntStream.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014)
                    .sum()
                + IntStream.rangeClosed(3000, 4999).sum());
    for (int code : new int[] {1004, 1006, 1015, 2000}) {
      assertThatThrownBy(() -> CloseFrame.payload(new CloseCode(code), ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("close code " + code + " is never sent");
    }
    for (int code : new int[] {0, 999, 5000}) {
      assertThatThrownBy(() -> new CloseCode(code)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aReasonHasUpTo123Bytes() throws Exception {
    String longest = "ü".repeat(61) + "x";
    assertThat(CloseFrame.parse(CloseFrame.payload(CloseCode.NORMAL, longest)))
        .isEqualTo(new CloseStatus(CloseCode.NORMAL, longest));
    assertThatThrownBy(() -> CloseFrame.payload(CloseCode.NORMAL, longest + "y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reason has 124 bytes: expected up to 123");
  }

  @Test
  void noStatusIsNoPayload() throws Exception {
    assertThat(CloseFrame.payload(CloseCode.NO_STATUS, "")).isEmpty();
    assertThat(CloseFrame.parse(new byte[0])).isEqualTo(CloseStatus.NONE);
  }
}
