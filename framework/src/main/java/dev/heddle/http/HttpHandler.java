package dev.heddle.http;

/// What a server does with a request, in plain blocking style: a function from [Request] to
/// [Response].
///
/// Threading: called on the connection's own thread, by many connections at once. It may block as
/// it likes.
@FunctionalInterface
public interface HttpHandler {

  /// Answers one request.
  ///
  /// @param request its body is valid until the response has been written; all else for ever
  /// @throws ProtocolException to refuse the request with the status it names
  /// @throws Exception any other is the handler's own fault: it is logged, and answered with 500
  Response handle(Request request) throws Exception;
}
