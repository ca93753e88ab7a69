package dev.heddle.linux;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// A netlink socket to sock_diag, by the functions of the C library.
record NetlinkSocket(int descriptor) implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int NETLINK_SOCK_DIAG = 4;

  /// Loaded when native access is known to be there.
  private static final class C {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    static final MethodHandle SOCKET =
        function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    static final MethodHandle SEND = transfer("send");
    static final MethodHandle RECEIVE = transfer("recv");
    static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private static MethodHandle transfer(String name) {
      return function(name, FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, INT));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }
  }

  /// Opens one.
  ///
  /// @throws UnsupportedOperationException if this is no Linux, or native access is not enabled
  static NetlinkSocket open() throws IOException {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new UnsupportedOperationException("only Linux tells TCP_INFO");
    }
    Module us = NetlinkSocket.class.getModule();
    if (!us.isNativeAccessEnabled()) {
      throw new UnsupportedOperationException(
          "TCP_INFO needs native access: start the JVM with --enable-native-access="
              + (us.isNamed() ? us.getName() : "ALL-UNNAMED"));
    }
    return new NetlinkSocket(
        (int)
            call(
                () -> (int) C.SOCKET.invokeExact(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG)));
  }

  void send(MemorySegment message) throws IOException {
    call(() -> (long) C.SEND.invokeExact(descriptor, message, message.byteSize(), 0));
  }

  /// Receives a message, and returns its length.
  long receive(MemorySegment message) throws IOException {
    return call(() -> (long) C.RECEIVE.invokeExact(descriptor, message, message.byteSize(), 0));
  }

  @Override
  public void close() throws IOException {
    call(() -> (int) C.CLOSE.invokeExact(descriptor));
  }

  /// A function of the C library, which returns less than zero if it fails.
  @FunctionalInterface
  private interface Call {
    long run() throws Throwable;
  }

  private static long call(Call call) throws IOException {
    long result;
    try {
      result = call.run();
    } catch (Throwable e) {
      throw new LinkageError("the C library is not as expected", e);
    }
    if (result < 0) {
      throw new IOException("the kernel does not answer by netlink");
    }
    return result;
  }
}
