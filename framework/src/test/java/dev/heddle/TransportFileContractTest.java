package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The contract of [Transport], as its [Connection] shows it: files.
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransportFileContractTest {
  private static final int LENGTH = 1_500_000;

  @TempDir Path folder;
  private Path path;
  private byte[] content;

  @BeforeEach
  void writeFile() throws IOException {
    path = folder.resolve("file");
    content = Bytes.random(7, LENGTH);
    Files.write(path, content);
  }

  private TestHandler<Long> sends(long position, long count) {
    return new TestHandler<>(
        c -> {
          try (FileChannel file = FileChannel.open(path)) {
            c.output().write('<');
            c.writeFile(file, position, count);
            c.output().write('>');
          }
          c.flush();
          return c.bytesWritten();
        });
  }

  @OverWires
  void aWholeFileArrivesBetweenWhatIsWrittenBeforeAndAfter(Wires wires) throws Exception {
    var handler = sends(0, LENGTH);
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      assertThat(wire.peer().receiveText(1)).isEqualTo("<");
      assertThat(wire.peer().receive(LENGTH)).isEqualTo(content);
      assertThat(wire.peer().receiveText(1)).isEqualTo(">");
      assertThat(handler.result()).isEqualTo(LENGTH + 2);
    }
  }

  @OverWires
  void aPartOfAFileArrivesAlone(Wires wires) throws Exception {
    var handler = sends(123_457, 7_001);
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receiveText(1)).isEqualTo("<");
      assertThat(wire.peer().receive(7_001))
          .isEqualTo(Arrays.copyOfRange(content, 123_457, 123_457 + 7_001));
      assertThat(wire.peer().receiveText(1)).isEqualTo(">");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void noBytesOfAFileAreNoBytes(Wires wires) throws Exception {
    var handler = sends(LENGTH, 0);
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receiveText(2)).isEqualTo("<>");
      assertThat(wire.peer().isAtEnd()).isTrue();
    }
  }

  @OverWires
  void aFileThatEndsEarlyIsAnErrorAfterWhatItHas(Wires wires) throws Exception {
    var handler = sends(LENGTH - 10, 15);
    try (var wire = wires.open(handler)) {
      assertThat(wire.peer().receive(11))
          .endsWith(Arrays.copyOfRange(content, LENGTH - 10, LENGTH));
      assertThat(wire.peer().isAtEnd()).isTrue();
      assertThatThrownBy(handler::result)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(EOFException.class)
          .hasMessage("the file ends 5 bytes early");
    }
  }

  @OverWires
  void closingFromAnotherThreadWakesAThreadThatSendsAFile(Wires wires) throws Exception {
    var handler = sends(0, LENGTH);
    ThreadOf thread = new ThreadOf(handler);
    try (var wire = wires.open(thread)) {
      Blocked.await(thread.get());
      handler.connection().close();
      assertThatThrownBy(handler::result).hasCauseInstanceOf(IOException.class);
      assertThat(wire.peer().receiveText(1)).isEqualTo("<");
    }
  }
}
