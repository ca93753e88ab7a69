package dev.heddle;

/// What became of a request, for those who count, time or trace.
///
/// @param protocol as in `HTTP/1.1`
/// @param method as the peer wrote it: it may be anything, and so is no label as it stands
/// @param route the template of the route it took, as in `/users/{id}`; empty if it took none
/// @param status of the answer; 0 if none was begun
/// @param bytesRead octets of the body that were read, without their framing
/// @param bytesWritten octets of the answer's body, without their framing
/// @param nanos from the end of the request's head to the end of the answer, which may then still
///   lie in the connection's buffer
/// @param complete whether the answer came to its end: else the peer has gone, or its body failed
public record ServedRequest(
    String protocol,
    String method,
    String route,
    int status,
    long bytesRead,
    long bytesWritten,
    long nanos,
    boolean complete) {}
