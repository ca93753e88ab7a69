package dev.heddle.launcher;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/// Sends datagrams to a Unix domain socket of Linux (unix(7)). The one class that calls the system
/// itself: the JDK has no such sockets.
final class DatagramSender {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /// `struct sockaddr_un`: the family, and the path behind it.
  private static final int PATH_OFFSET = 2;

  private static final int LONGEST_PATH = 108;

  private final String path;
  private final MethodHandle socket;
  private final MethodHandle sendto;
  private final MethodHandle close;

  /// A sender to one socket.
  ///
  /// @param path of its file, or its abstract name behind an `@`
  /// @throws IOException if this system has no such thing
  DatagramSender(String path) throws IOException {
    if (path.getBytes(StandardCharsets.UTF_8).length >= LONGEST_PATH) {
      throw new IOException("the path of the socket is too long");
    }
    this.path = path;
    this.socket =
        function(
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    this.sendto =
        function(
            "sendto",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    this.close =
        function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  }

  @SuppressWarnings("restricted") // three functions of the C library, by their documented types
  private static MethodHandle function(String name, FunctionDescriptor type) throws IOException {
    try {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    } catch (RuntimeException e) {
      throw new IOException("this JVM may not call " + name, e);
    }
  }

  /// Sends a text in UTF-8. Does not wait for long: the system holds it until it is read.
  ///
  /// @throws IOException if nobody took it
  void send(String text) throws IOException {
    try (Arena memory = Arena.ofConfined()) {
      int descriptor = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (descriptor < 0) {
        throw new IOException("no socket to be had");
      }
      try {
        MemorySegment address = address(memory);
        MemorySegment message =
            memory.allocateFrom(ValueLayout.JAVA_BYTE, text.getBytes(StandardCharsets.UTF_8));
        int length = (int) address.byteSize();
        long sent =
            (long)
                sendto.invokeExact(
                    descriptor, message, message.byteSize(), MSG_NOSIGNAL, address, length);
        if (sent != message.byteSize()) {
          throw new IOException("nobody took the message");
        }
      } finally {
        int _ = (int) close.invokeExact(descriptor);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private MemorySegment address(Arena memory) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    MemorySegment address = memory.allocate(PATH_OFFSET + name.length, Short.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
    if (name[0] == '@') {
      address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
    }
    return address;
  }
}
