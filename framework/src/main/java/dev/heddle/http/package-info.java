/// HTTP/1.1 and 1.0 (RFC 9110, RFC 9112). Start with [dev.heddle.http.Http1] and
/// [dev.heddle.http.HttpHandler].
///
/// What is put around a handler, such as [dev.heddle.http.Compression], is a handler itself, serves
/// any number of connections at once, and calls the one within on the connection's own thread.
package dev.heddle.http;
