package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A status code with its reason phrase (RFC 9110, section 15). Immutable; equal are those of the
/// same code and reason.
public final class Status {
  private static final @Nullable Status[] REGISTERED = new Status[600];

  public static final Status CONTINUE = register(100, "Continue");
  public static final Status SWITCHING_PROTOCOLS = register(101, "Switching Protocols");
  public static final Status OK = register(200, "OK");
  public static final Status CREATED = register(201, "Created");
  public static final Status ACCEPTED = register(202, "Accepted");
  public static final Status NO_CONTENT = register(204, "No Content");
  public static final Status RESET_CONTENT = register(205, "Reset Content");
  public static final Status PARTIAL_CONTENT = register(206, "Partial Content");
  public static final Status MOVED_PERMANENTLY = register(301, "Moved Permanently");
  public static final Status FOUND = register(302, "Found");
  public static final Status SEE_OTHER = register(303, "See Other");
  public static final Status NOT_MODIFIED = register(304, "Not Modified");
  public static final Status TEMPORARY_REDIRECT = register(307, "Temporary Redirect");
  public static final Status PERMANENT_REDIRECT = register(308, "Permanent Redirect");
  public static final Status BAD_REQUEST = register(400, "Bad Request");
  public static final Status UNAUTHORIZED = register(401, "Unauthorized");
  public static final Status FORBIDDEN = register(403, "Forbidden");
  public static final Status NOT_FOUND = register(404, "Not Found");
  public static final Status METHOD_NOT_ALLOWED = register(405, "Method Not Allowed");
  public static final Status NOT_ACCEPTABLE = register(406, "Not Acceptable");
  public static final Status REQUEST_TIMEOUT = register(408, "Request Timeout");
  public static final Status CONFLICT = register(409, "Conflict");
  public static final Status GONE = register(410, "Gone");
  public static final Status PRECONDITION_FAILED = register(412, "Precondition Failed");
  public static final Status CONTENT_TOO_LARGE = register(413, "Content Too Large");
  public static final Status URI_TOO_LONG = register(414, "URI Too Long");
  public static final Status UNSUPPORTED_MEDIA_TYPE = register(415, "Unsupported Media Type");
  public static final Status RANGE_NOT_SATISFIABLE = register(416, "Range Not Satisfiable");
  public static final Status EXPECTATION_FAILED = register(417, "Expectation Failed");
  public static final Status UNPROCESSABLE_CONTENT = register(422, "Unprocessable Content");
  public static final Status UPGRADE_REQUIRED = register(426, "Upgrade Required");
  public static final Status TOO_MANY_REQUESTS = register(429, "Too Many Requests");
  public static final Status FIELDS_TOO_LARGE = register(431, "Request Header Fields Too Large");
  public static final Status INTERNAL_SERVER_ERROR = register(500, "Internal Server Error");
  public static final Status NOT_IMPLEMENTED = register(501, "Not Implemented");
  public static final Status BAD_GATEWAY = register(502, "Bad Gateway");
  public static final Status SERVICE_UNAVAILABLE = register(503, "Service Unavailable");
  public static final Status GATEWAY_TIMEOUT = register(504, "Gateway Timeout");
  public static final Status VERSION_NOT_SUPPORTED = register(505, "HTTP Version Not Supported");

  private final int code;
  private final String reason;
  private final byte[] line;

  private Status(int code, String reason) {
    this.code = code;
    this.reason = reason;
    this.line = ("HTTP/1.1 " + code + " " + reason + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static Status register(int code, String reason) {
    Status status = new Status(code, reason);
    REGISTERED[code] = status;
    return status;
  }

  /// The status of a code, with its registered reason phrase if this class knows it.
  ///
  /// @param code from 100 to 599
  /// @throws IllegalArgumentException if it is not
  public static Status of(int code) {
    checkCode(code);
    Status known = REGISTERED[code];
    return known != null ? known : new Status(code, "");
  }

  /// A status with a reason phrase of one's own.
  ///
  /// @param code from 100 to 599
  /// @param reason printable ASCII
  /// @throws IllegalArgumentException if either is not so
  public static Status of(int code, String reason) {
    checkCode(code);
    for (int i = 0; i < reason.length(); i++) {
      if (reason.charAt(i) < ' ' || reason.charAt(i) > '~') {
        throw new IllegalArgumentException("the reason phrase has a character outside ASCII");
      }
    }
    return new Status(code, reason);
  }

  private static void checkCode(int code) {
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException("status is " + code + ": expected 100 to 599");
    }
  }

  /// The code, from 100 to 599.
  public int code() {
    return code;
  }

  /// The reason phrase, which says nothing to programs; may be empty.
  public String reason() {
    return reason;
  }

  /// The status line, with its line end. Not to be changed.
  byte[] line() {
    return line;
  }

  /// Whether a response with this status never has a body (RFC 9110, section 6.4.1).
  boolean isBodiless() {
    return code < 200 || code == 204 || code == 304;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Status that && code == that.code && reason.equals(that.reason);
  }

  @Override
  public int hashCode() {
    return code;
  }

  /// As in `404 Not Found`.
  @Override
  public String toString() {
    return code + " " + reason;
  }
}
