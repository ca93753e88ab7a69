package dev.heddle.http;

import java.util.List;

/// Where a pattern of a [Router] leads.
///
/// @param template the pattern
/// @param parameters the names of its parameters, in order
/// @param consumed how many segments stand before its `**`; -1 if it has none
record Route(String template, HttpHandler handler, List<String> parameters, int consumed) {}
