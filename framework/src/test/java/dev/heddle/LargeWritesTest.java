package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.http.ScriptedTransport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In how many writes a transport is handed what a handler writes at once. A virtual thread's are
/// large, as each wakes the peer; a thread of the system's are small, as it keeps the JDK's copy.
class LargeWritesTest {
  private static int writes(Thread.Builder threads, int buffered, int atOnce) throws Exception {
    byte[] sent = Bytes.random(1, buffered + atOnce);
    var handler =
        new TestHandler<>(
            c -> {
              c.output().write(sent, 0, buffered);
              c.output().write(sent, buffered, atOnce);
              return c.bytesWritten();
            });
    TimedScope timed = new TimedScope(ServerOptions.DEFAULT, handler);
    ScriptedTransport transport = new ScriptedTransport();
    Connection connection = timed.scope.admit(transport);
    threads.start(() -> timed.scope.run(connection)).join();
    assertThat(handler.result()).isEqualTo(sent.length);
    assertThat(transport.written().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(sent);
    return transport.writes();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 65536, 1",
    "0, 65537, 1",
    "0, 1048576, 1",
    "0, 1048577, 2",
    "0, 3145728, 3",
    "100, 1048476, 1",
    "100, 1048477, 2",
  })
  void aVirtualThreadHandsOverAMebibyteAtATime(int buffered, int atOnce, int writes)
      throws Exception {
    assertThat(writes(Thread.ofVirtual(), buffered, atOnce)).isEqualTo(writes);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 65536, 1",
    "0, 65537, 2",
    "0, 1048576, 16",
    "0, 1048577, 17",
    "0, 3145728, 48",
    "100, 65436, 1",
    "100, 65437, 2",
  })
  void aThreadOfTheSystemHandsOverSixtyFourKibibytesAtATime(int buffered, int atOnce, int writes)
      throws Exception {
    assertThat(writes(Thread.ofPlatform(), buffered, atOnce)).isEqualTo(writes);
  }
}
