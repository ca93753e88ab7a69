package dev.heddle.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StandardError err = new StandardError(bytes);

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void theLiveLineIsRewrittenInPlace() {
    err.rewrite("one");
    err.rewrite("two");
    err.finish();
    assertThat(written()).isEqualTo("\r\033[Kone\r\033[Ktwo\n");
  }

  @Test
  void otherLinesTakeThePlaceOfTheLiveOne() {
    err.print("before");
    err.rewrite("live");
    err.print("record");
    assertThat(written()).isEqualTo("before\n\r\033[Klive\r\033[Krecord\n");
  }

  @Test
  void withoutALiveLineThereIsNothingToFinish() {
    err.finish();
    assertThat(written()).isEmpty();
  }

  @Test
  void aLineIsOneWrite() {
    List<Integer> writes = new ArrayList<>();
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new AssertionError("byte by byte");
          }

          @Override
          public void write(byte[] text, int offset, int length) {
            writes.add(length);
          }
        };
    new StandardError(counting).print("x".repeat(100_000));
    assertThat(writes).hasSize(1);
  }

  @Test
  void nobodyToWriteToIsNoError() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        };
    new StandardError(closed).print("hello");
  }
}
