/// Heddle: blocking handlers over an I/O engine of your choice.
///
/// The backends are hidden: they are found by name through [java.util.ServiceLoader].
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // that there is a module of that name is not known here
module dev.heddle {
  requires static transitive org.jspecify;
  requires java.management;
  requires transitive jdk.jfr;
  requires jdk.management;
  requires jdk.net;

  // For those who use them; not transitive, or all who require this module would need them.
  requires static HdrHistogram;
  requires static io.opentelemetry.api;
  requires static io.opentelemetry.context;
  requires static micrometer.core;

  exports dev.heddle;
  exports dev.heddle.http;
  exports dev.heddle.linux;
  exports dev.heddle.metrics;
  exports dev.heddle.proxy;
  exports dev.heddle.tls;
  exports dev.heddle.tracing;
  exports dev.heddle.ws;

  // What engines share, for ours that are elsewhere: no promise to others.
  exports dev.heddle.backend to
      dev.heddle.backend.helidon;

  uses dev.heddle.Backend;

  provides dev.heddle.Backend with
      dev.heddle.backend.blocking.VirtualBackend,
      dev.heddle.backend.blocking.PlatformBackend,
      dev.heddle.backend.blocking.PoolBackend,
      dev.heddle.backend.selector.SelectorBackend;
}
