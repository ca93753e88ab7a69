package dev.heddle.http;

/// Checks `Transfer-Encoding`: the one coding we undo is `chunked` (RFC 9112, sections 6.1 and 7).
final class TransferCodings {
  private TransferCodings() {}

  /// @throws ProtocolException 501 if the body has a coding we don't know; 400 if the list is
  ///   malformed, or `chunked` stands in it twice or not last
  static void check(Headers headers) throws ProtocolException {
    boolean chunked = false;
    boolean unknown = false;
    for (String value : headers.all("transfer-encoding")) {
      for (int from = 0; from <= value.length(); ) {
        int comma = value.indexOf(',', from);
        int to = comma < 0 ? value.length() : comma;
        String coding = value.substring(from, to).strip();
        if (!isToken(coding)) {
          throw ProtocolException.badRequest("a malformed transfer coding");
        }
        if (chunked) {
          throw ProtocolException.badRequest("chunked is not the last transfer coding");
        }
        chunked = coding.equalsIgnoreCase("chunked");
        unknown |= !chunked;
        from = to + 1;
      }
    }
    if (unknown) {
      throw new ProtocolException(Status.NOT_IMPLEMENTED, "an unknown transfer coding");
    }
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f || !Grammar.isToken((byte) text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
