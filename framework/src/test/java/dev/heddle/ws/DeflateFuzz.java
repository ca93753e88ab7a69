package dev.heddle.ws;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// Whatever a peer says is compressed is inflated up to the limit, or refused: as [FramesFuzz], but
/// in frames that are right, so that the fuzzer need not find how to make them.
public final class DeflateFuzz {
  private static final int MOST_MESSAGES = 3;

  private DeflateFuzz() {}

  /// Called by the fuzzer with what it made up: how long fragments are, then what is in them.
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    int fragment = 1 + (input[0] & 0x7f);
    int opcode = input[0] < 0 ? Frame.TEXT : Frame.BINARY;
    byte[] payload = Arrays.copyOfRange(input, 1, input.length);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (int i = 0; i < MOST_MESSAGES; i++) { // the later ones with the context of the first
      write(sent, opcode, payload, fragment);
    }
    FramesFuzz.check(FramesFuzz.WITH_DEFLATE, sent.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, int opcode, byte[] payload, int fragment) {
    for (int from = 0; from < payload.length; from += fragment) {
      int to = Math.min(payload.length, from + fragment);
      int first = from == 0 ? opcode | Frame.RSV1 : Frame.CONTINUATION;
      int fin = to == payload.length ? Frame.FIN : 0;
      out.writeBytes(new Frame(first | fin, Arrays.copyOfRange(payload, from, to)).masked(from));
    }
  }
}
