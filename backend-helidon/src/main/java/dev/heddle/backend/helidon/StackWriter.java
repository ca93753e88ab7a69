package dev.heddle.backend.helidon;

import dev.heddle.Connection;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Sends at once what Helidon's HTTP writes, as Helidon's own writer does: a handler may write an
/// event and then wait for something else than input.
record StackWriter(Connection connection) implements DataWriter {
  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    try {
      buffer.writeTo(connection.output());
      connection.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
