package dev.heddle.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.ws.Script.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of [FrameTables], whole, a byte a read, and cut in two everywhere.
class FrameTableTest {
  private static final WebSocketOptions OPTIONS =
      WebSocketOptions.builder().maxMessage(2048).build();
  private static final String CLOSE = "8882 00000000 03e8";
  private static final String TEXT = "8181 00000000 7a";

  static Stream<FrameTables.Case> accepted() {
    return FrameTables.accepted().stream();
  }

  static Stream<FrameTables.Case> refused() {
    return FrameTables.refused().stream();
  }

  static Stream<FrameTables.Case> closes() {
    return FrameTables.closes().stream();
  }

  @ParameterizedTest
  @MethodSource
  void accepted(FrameTables.Case c) {
    String[] expected = c.expected().split(" ?\\| ", -1);
    List<String> seen = list(expected[0]);
    seen.add("closed CloseStatus[code=1000, reason=]");
    List<String> sent = list(expected.length > 1 ? expected[1] : "");
    sent.add("88 03e8");
    for (List<byte[]> pieces : Script.deliveries(Frame.hex(c.hex() + CLOSE))) {
      Outcome outcome = Script.serve(OPTIONS, Script.HANDSHAKE, pieces);
      assertThat(outcome.seen()).isEqualTo(seen);
      assertThat(outcome.sent()).map(Frame::toString).isEqualTo(sent);
    }
  }

  @ParameterizedTest
  @MethodSource
  void refused(FrameTables.Case c) {
    List<String> seen = list(c.expected());
    String code = seen.removeLast();
    seen.add("failed " + code);
    for (String behind : List.of("", TEXT)) {
      for (List<byte[]> pieces : Script.deliveries(Frame.hex(c.hex() + behind))) {
        Outcome outcome = Script.serve(OPTIONS, Script.HANDSHAKE, pieces);
        assertThat(outcome.seen()).isEqualTo(seen);
        assertThat(outcome.sent()).hasSize(1);
        assertThat(outcome.sent().getFirst().opcode()).isEqualTo(Frame.CLOSE);
        assertThat(outcome.sent().getFirst().code()).isEqualTo(Integer.parseInt(code));
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void closes(FrameTables.Case c) {
    String[] expected = c.expected().split(" \\| ", -1);
    String[] status = expected[0].split(" ", 2);
    for (List<byte[]> pieces : Script.deliveries(Frame.hex(c.hex()))) {
      Outcome outcome = Script.serve(OPTIONS, Script.HANDSHAKE, pieces);
      assertThat(outcome.seen())
          .containsExactly(
              "closed CloseStatus[code=" + status[0] + ", reason=" + status[1].strip() + "]");
      assertThat(outcome.sent()).map(Frame::toString).containsExactly(expected[1]);
    }
  }

  @Test
  void thereAreMoreThan100Cases() {
    List<FrameTables.Case> all = new ArrayList<>(FrameTables.accepted());
    all.addAll(FrameTables.refused());
    all.addAll(FrameTables.closes());
    assertThat(all).hasSizeGreaterThan(100);
    assertThat(all).extracting(FrameTables.Case::toString).doesNotHaveDuplicates();
  }

  private static List<String> list(String members) {
    List<String> list = new ArrayList<>();
    if (!members.isEmpty()) {
      list.addAll(List.of(members.split(", ")));
    }
    return list;
  }
}
