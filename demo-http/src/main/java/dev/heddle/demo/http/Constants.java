package dev.heddle.demo.http;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;

/// The answers that are always the same, and asked for by load generators: before all routes, so
/// that nothing is made for a request but what the codec makes.
record Constants(HttpHandler others) implements HttpHandler {
  static final Response PLAINTEXT = Response.text("Hello, World!");
  static final Response JSON = Response.json("{\"message\":\"Hello, World!\"}");

  @Override
  public Response handle(Request request) throws Exception {
    if (!request.method().equals("GET")) {
      return others.handle(request);
    }
    return switch (request.path()) {
      case "/plaintext" -> at("/plaintext", request, PLAINTEXT);
      case "/json" -> at("/json", request, JSON);
      default -> others.handle(request);
    };
  }

  private static Response at(String route, Request request, Response response) {
    request.takeRoute(route);
    return response;
  }
}
