package dev.heddle;

/// What a server has done since it started. The counts are taken one after the other while
/// connections come and go, so they may differ by what happened in that moment.
///
/// @param connections open now
/// @param accepted connections admitted in all
/// @param refused connections closed at once, as they were over a limit or no thread could be had
/// @param failed connections whose handler threw anything but an [java.io.IOException]
/// @param acceptFailures times the listener could not accept, such as for want of descriptors
/// @param messages requests, frames, or, for a handler that names none, reads that brought bytes
/// @param bytesRead bytes read from the network
/// @param bytesWritten bytes handed to the network
public record ServerStatistics(
    long connections,
    long accepted,
    long refused,
    long failed,
    long acceptFailures,
    long messages,
    long bytesRead,
    long bytesWritten) {}
