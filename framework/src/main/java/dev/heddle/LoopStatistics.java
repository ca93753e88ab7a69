package dev.heddle;

/// What an event loop has done so far.
///
/// @param name as its thread is called
/// @param turns times it has looked at its sockets
/// @param connections registered with it now
public record LoopStatistics(String name, long turns, long connections) {}
