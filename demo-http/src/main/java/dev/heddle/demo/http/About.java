package dev.heddle.demo.http;

import dev.heddle.ServerOptions;
import dev.heddle.http.HttpOptions;
import java.time.Duration;

/// What does not change while the server runs.
///
/// @param backend its name
/// @param keepAliveTimeout zero: for ever
/// @param keepAliveMax requests a connection may bring; 0: any number
record About(String backend, Duration keepAliveTimeout, int keepAliveMax) {

  static About of(ServerOptions server, HttpOptions http) {
    return new About(server.backend(), http.keepAliveTimeout(), http.keepAliveRequests());
  }

  /// @param thread that serves the one who asks
  String toJson(Thread thread) {
    return ("{\"backend\":\"" + backend)
        + ("\",\"thread\":\"" + (thread.isVirtual() ? "virtual" : "platform"))
        + ("\",\"carrier\":\"" + carrier(thread))
        + ("\",\"jdk\":\"" + Runtime.version().feature())
        + ("\",\"keepAliveSeconds\":" + keepAliveTimeout.toMillis() / 1000.0)
        + (",\"keepAliveMax\":" + keepAliveMax)
        + "}";
  }

  /// The name of the platform thread that runs a thread. The JDK tells the carrier of a virtual one
  /// in its text only: `VirtualThread[#21]/runnable@ForkJoinPool-1-worker-1`.
  private static String carrier(Thread thread) {
    String text = thread.isVirtual() ? thread.toString() : thread.getName();
    return text.substring(text.lastIndexOf('@') + 1).replaceAll("[^\\w .:-]", "");
  }
}
