package dev.heddle.benchmarks.doctor;

import java.util.List;

/// What the JDK gives a server: the one that runs this, which is the one that `heddle` chose.
///
/// @param feature its version, as in 25
/// @param internalsOpen whether java.lang is open to programs on the class path
/// @param pollersOpen whether sun.nio.ch is
record JvmChecks(
    int processors, int feature, String version, boolean internalsOpen, boolean pollersOpen) {
  private static final int NEEDED = 25;

  static JvmChecks ofThisJvm() {
    return new JvmChecks(
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        Runtime.version().toString(),
        isOpen("java.lang"),
        isOpen("sun.nio.ch"));
  }

  private static boolean isOpen(String packageOfTheJdk) {
    return Object.class.getModule().isOpen(packageOfTheJdk, JvmChecks.class.getModule());
  }

  List<Finding> findings() {
    return List.of(
        processorCount(),
        jdk(),
        opened(
            "java.lang",
            internalsOpen,
            "loops of the selector backend carry handlers",
            "the selector backend hands each wake-up to another thread"),
        opened(
            "sun.nio.ch",
            pollersOpen,
            "the JDK's poller carries handlers of backend virtual",
            "with little load, each wake-up of backend virtual takes a second thread"));
  }

  private Finding processorCount() {
    return Finding.well(
        "processors",
        Words.number(processors),
        "event loops, and carriers of virtual threads, that run at once");
  }

  private Finding jdk() {
    return new Finding(
        "JDK",
        version,
        "Heddle needs " + NEEDED + " or newer",
        feature >= NEEDED ? "" : "sudo apt install openjdk-" + NEEDED + "-jdk");
  }

  private static Finding opened(String packageOfTheJdk, boolean open, String gained, String lost) {
    return open
        ? Finding.well(packageOfTheJdk, "open", gained)
        : new Finding(
            packageOfTheJdk,
            "closed",
            lost,
            "java --add-opens=java.base/" + packageOfTheJdk + "=ALL-UNNAMED ...");
  }
}
