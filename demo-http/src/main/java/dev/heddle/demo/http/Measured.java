package dev.heddle.demo.http;

import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;

/// Measures how long a handler takes to answer. What a stream takes behind its head is not in it.
record Measured(HttpHandler handler, Statistics statistics) implements HttpHandler {
  @Override
  public Response handle(Request request) throws Exception {
    long since = System.nanoTime();
    try {
      return handler.handle(request);
    } finally {
      statistics.answered(System.nanoTime() - since);
    }
  }
}
