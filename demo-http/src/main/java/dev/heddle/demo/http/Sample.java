package dev.heddle.demo.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the server did in the last interval.
///
/// @param number counts samples, from 1
/// @param connections open now
/// @param accepted connections so far
/// @param requests so far
/// @param perSecond requests, of the interval
/// @param latency of the interval; null: nobody watched, or there were no requests
record Sample(
    long number,
    long connections,
    long accepted,
    long requests,
    double perSecond,
    @Nullable Latency latency) {

  String toJson() {
    return String.format(
        Locale.ROOT,
        "{\"connections\":%d,\"accepted\":%d,\"requests\":%d,\"perSecond\":%.1f,\"latency\":%s}",
        connections,
        accepted,
        requests,
        perSecond,
        latency == null ? "null" : latency.toJson());
  }
}
