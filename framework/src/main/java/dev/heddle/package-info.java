/// Servers whose handlers block, on an engine that is chosen by name. Start with
/// [dev.heddle.Server].
///
/// A [dev.heddle.ConnectionHandler] reads and writes a [dev.heddle.Connection]; a
/// [dev.heddle.Backend] moves the bytes below, through a [dev.heddle.Transport]. Who serves needs
/// the first two; who writes a protocol, [dev.heddle.ConnectionAttendant] and
/// [dev.heddle.TransportLayer] besides; who writes an engine, the others.
package dev.heddle;
