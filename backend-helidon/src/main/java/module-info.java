/// Heddle's handlers hosted by Helidon's listener, and Helidon's HTTP on Heddle's transports.
@org.jspecify.annotations.NullMarked
module dev.heddle.backend.helidon {
  requires transitive dev.heddle;
  requires transitive io.helidon.webserver;
  requires static org.jspecify;
  requires io.helidon.builder.api;
  requires io.helidon.common;

  exports dev.heddle.backend.helidon;

  provides dev.heddle.Backend with
      dev.heddle.backend.helidon.HelidonBackend;
}
