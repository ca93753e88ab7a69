package dev.heddle.demo.ws;

/// Somebody in a room, from coming to going.
///
/// @param id of nobody else as long as the server runs
/// @param name as chosen: others may have the same
record Person(long id, String name) {}
