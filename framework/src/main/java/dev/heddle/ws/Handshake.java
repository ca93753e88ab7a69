package dev.heddle.ws;

import dev.heddle.http.Headers;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The server's side of the opening handshake (RFC 6455, section 4.2).
final class Handshake {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_LENGTH = 16;
  private static final String VERSION = "13";

  /// Cloned for each use: who looks for an algorithm leaves a thread-local variable behind, which a
  /// connection's thread would keep.
  private static final MessageDigest SHA_1 = sha1();

  private Handshake() {}

  /// Accepts a request, or tells the peer what is wrong with it.
  static Response answer(Request request, WebSocketHandler handler, WebSocketOptions options) {
    Response refusal = refusal(request, options);
    if (refusal != null) {
      return refusal;
    }
    List<String> subprotocols = subprotocols(request);
    if (subprotocols == null) {
      return badRequest("Sec-WebSocket-Protocol is not a list of tokens, each once");
    }
    List<Extension> offers = extensions(request);
    if (offers == null) {
      return badRequest("Sec-WebSocket-Extensions is malformed");
    }
    CompressionOptions compression = options.compression();
    Agreement agreement =
        new Agreement(
            request,
            options,
            subprotocols.stream().filter(options.subprotocols()::contains).findFirst().orElse(null),
            compression == null ? null : PerMessageDeflate.choose(offers, compression));
    return accept(agreement, handler);
  }

  private static Response accept(Agreement agreement, WebSocketHandler handler) {
    String key = agreement.request().headers().get("Sec-WebSocket-Key", "");
    Response response =
        Response.upgrade("websocket", new WebSocketConnection(agreement, handler))
            .with("Sec-WebSocket-Accept", accept(key));
    if (agreement.subprotocol() != null) {
      response = response.with("Sec-WebSocket-Protocol", agreement.subprotocol());
    }
    if (agreement.deflate() != null) {
      response = response.with("Sec-WebSocket-Extensions", agreement.deflate().toFieldValue());
    }
    return response;
  }

  /// What shows that the key was understood, whoever has asked (section 4.2.2, step 5.4).
  static String accept(String key) {
    try {
      byte[] digest =
          ((MessageDigest) SHA_1.clone()).digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (CloneNotSupportedException e) {
      throw new LinkageError("the JDK's SHA-1 can be cloned", e);
    }
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every JDK has SHA-1", e);
    }
  }

  /// @return null if nothing is wrong as far as it is looked at
  private static @Nullable Response refusal(Request request, WebSocketOptions options) {
    Headers headers = request.headers();
    if (!request.method().equals("GET")) {
      return Response.text(Status.METHOD_NOT_ALLOWED, "405 Method Not Allowed\n")
          .with("Allow", "GET");
    }
    if (request.version().equals("HTTP/1.0")
        || !headers.containsToken("Upgrade", "websocket")
        || !headers.containsToken("Connection", "Upgrade")) {
      return upgradeRequired("this is a WebSocket");
    }
    List<String> versions = headers.all("Sec-WebSocket-Version");
    if (!versions.equals(List.of(VERSION))) {
      return upgradeRequired("the version of WebSocket is 13")
          .with("Sec-WebSocket-Version", VERSION);
    }
    List<String> keys = headers.all("Sec-WebSocket-Key");
    if (keys.size() != 1 || !isKey(keys.getFirst())) {
      return badRequest("Sec-WebSocket-Key is not 16 bytes in Base64");
    }
    if (!options.origins().allows(request)) {
      return Response.text(
          Status.FORBIDDEN, "403 Forbidden: pages of this origin may not connect\n");
    }
    return null;
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == 24 && Base64.getDecoder().decode(key).length == KEY_LENGTH;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable List<String> subprotocols(Request request) {
    Set<String> names = new HashSet<>();
    List<String> inOrder = new ArrayList<>();
    for (String value : request.headers().all("Sec-WebSocket-Protocol")) {
      for (String member : value.split(",", -1)) {
        String name = member.strip();
        if (!FieldValues.isToken(name) || !names.add(name)) {
          return null;
        }
        inOrder.add(name);
      }
    }
    return inOrder;
  }

  private static @Nullable List<Extension> extensions(Request request) {
    List<Extension> all = new ArrayList<>();
    for (String value : request.headers().all("Sec-WebSocket-Extensions")) {
      List<Extension> extensions = Extension.parse(value);
      if (extensions == null) {
        return null;
      }
      all.addAll(extensions);
    }
    return all;
  }

  private static Response badRequest(String what) {
    return Response.text(Status.BAD_REQUEST, "400 Bad Request: " + what + "\n");
  }

  private static Response upgradeRequired(String what) {
    return Response.text(Status.UPGRADE_REQUIRED, "426 Upgrade Required: " + what + "\n")
        .with("Connection", "Upgrade")
        .with("Upgrade", "websocket");
  }
}
