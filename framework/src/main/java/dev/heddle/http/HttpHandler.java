package dev.heddle.http;

/// What a server does with a request, in plain blocking style: a function from [Request] to
/// [Response].
///
/// Threading: called by many connections at once, each on a thread that is its own for the time of
/// a request. It may block as it likes. Another request may be handled on that thread later, and
/// those of a connection on several: a thread-local is cleared by who sets it.
@FunctionalInterface
public interface HttpHandler {

  /// Answers one request.
  ///
  /// @param request its body is valid until the response has been written; all else for ever
  /// @throws ProtocolException to refuse the request with the status it names
  /// @throws Exception any other is the handler's own fault: it is logged, and answered with 500
  Response handle(Request request) throws Exception;
}
