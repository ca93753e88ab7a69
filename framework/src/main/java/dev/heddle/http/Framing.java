package dev.heddle.http;

/// What the fields of a request say about its body and its connection (RFC 9112, sections 6 and 9;
/// RFC 9110, section 10.1.1). Whatever could be read in two ways is refused: the peer before us may
/// have read it in the other.
///
/// @param contentLength of the body in octets; 0 if there is none; -1 if it is chunked
/// @param close whether the peer asks to close the connection
/// @param keepAlive whether the peer asks to keep it
/// @param expectContinue whether the peer awaits a 100 before it sends its body
record Framing(long contentLength, boolean close, boolean keepAlive, boolean expectContinue) {
  private static final long CHUNKED = -1;

  /// More digits than any length we could count has.
  private static final int MAX_DIGITS = 18;

  /// Reads the framing of a request.
  ///
  /// @param minorVersion of HTTP/1.x, 0 or 1
  static Framing of(Headers headers, int minorVersion) throws ProtocolException {
    checkHost(headers, minorVersion);
    boolean current = minorVersion > 0;
    return new Framing(
        bodyLength(headers, current),
        headers.has(KnownField.CONNECTION) && headers.containsToken("connection", "close"),
        headers.has(KnownField.CONNECTION) && headers.containsToken("connection", "keep-alive"),
        headers.has(KnownField.EXPECT) && current && expectsContinue(headers));
  }

  boolean isChunked() {
    return contentLength == CHUNKED;
  }

  private static long bodyLength(Headers headers, boolean current) throws ProtocolException {
    if (headers.has(KnownField.TRANSFER_ENCODING)) {
      if (headers.has(KnownField.CONTENT_LENGTH)) {
        throw ProtocolException.badRequest("both Content-Length and Transfer-Encoding");
      }
      if (!current) {
        throw ProtocolException.badRequest("Transfer-Encoding in HTTP/1.0");
      }
      TransferCodings.check(headers);
      return CHUNKED;
    }
    return headers.has(KnownField.CONTENT_LENGTH) ? contentLength(headers) : 0;
  }

  private static long contentLength(Headers headers) throws ProtocolException {
    int i = only(headers, KnownField.CONTENT_LENGTH, "several Content-Length fields");
    byte[] octets = headers.octets();
    int from = headers.valueStart(i);
    int to = headers.valueEnd(i);
    boolean valid = from < to && to - from <= MAX_DIGITS;
    long length = 0;
    for (int at = from; valid && at < to; at++) {
      valid = Grammar.isDigit(octets[at]);
      length = length * 10 + octets[at] - '0';
    }
    if (!valid) {
      throw ProtocolException.badRequest("a malformed Content-Length");
    }
    return length;
  }

  /// RFC 9112, section 3.2.
  private static void checkHost(Headers headers, int minorVersion) throws ProtocolException {
    if (!headers.has(KnownField.HOST)) {
      if (minorVersion > 0) {
        throw ProtocolException.badRequest("no Host field");
      }
      return;
    }
    int i = only(headers, KnownField.HOST, "several Host fields");
    int from = headers.valueStart(i);
    int to = headers.valueEnd(i);
    if (from < to && !Authority.isValid(headers.octets(), from, to, false)) {
      throw ProtocolException.badRequest("a malformed Host field");
    }
  }

  private static boolean expectsContinue(Headers headers) throws ProtocolException {
    for (String value : headers.all("expect")) {
      if (!value.equalsIgnoreCase("100-continue")) {
        throw new ProtocolException(Status.EXPECTATION_FAILED, "an unknown expectation");
      }
    }
    return true;
  }

  /// The index of the only field of its kind.
  private static int only(Headers headers, int field, String otherwise) throws ProtocolException {
    int found = -1;
    for (int i = 0; i < headers.size(); i++) {
      if ((headers.known(i) & field) != 0) {
        if (found >= 0) {
          throw ProtocolException.badRequest(otherwise);
        }
        found = i;
      }
    }
    return found;
  }
}
