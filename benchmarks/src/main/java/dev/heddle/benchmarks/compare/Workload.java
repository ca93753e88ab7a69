package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.HttpRequest;

/// What a protocol's messages are, as far as the protocol's own name does not say it.
///
/// @param request what is asked over HTTP
/// @param connections how many there are unless a flag says otherwise
record Workload(HttpRequest request, int connections) {
  /// Short messages on 64 connections.
  static final Workload USUAL = new Workload(HttpRequest.GET, 64);
}
