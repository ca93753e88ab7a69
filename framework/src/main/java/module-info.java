/// Heddle: blocking handlers over an I/O engine of your choice.
///
/// The backends are hidden: they are found by name through [java.util.ServiceLoader].
@org.jspecify.annotations.NullMarked
module dev.heddle {
  requires static transitive org.jspecify;
  requires java.management;
  requires jdk.jfr;
  requires jdk.management;
  requires jdk.net;

  // For those who use them; nothing else needs them.
  requires static transitive HdrHistogram;
  requires static transitive io.opentelemetry.api;
  requires static transitive io.opentelemetry.context;
  requires static transitive micrometer.core;

  exports dev.heddle;
  exports dev.heddle.http;
  exports dev.heddle.proxy;
  exports dev.heddle.tls;
  exports dev.heddle.linux;
  exports dev.heddle.metrics;
  exports dev.heddle.tracing;
  exports dev.heddle.ws;

  uses dev.heddle.Backend;

  provides dev.heddle.Backend with
      dev.heddle.backend.blocking.VirtualBackend,
      dev.heddle.backend.blocking.PlatformBackend,
      dev.heddle.backend.blocking.PoolBackend,
      dev.heddle.backend.selector.SelectorBackend;
}
