package dev.heddle.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// A comparison with fixed figures: three servers and a fourth that made errors.
final class Example {
  private static final int ROUNDS = 5;
  private static final int MESSAGES = 20_000;

  private Example() {}

  static Comparison comparison() {
    return new Comparison(
        "2026-01-02T03:04:05Z",
        "./heddle compare --protocol=echo",
        new Machine("Linux 6.1", "A <fast> processor", 2, 8L << 30, "JVM 25", "cubic"),
        new Conditions(1, ROUNDS, 1, false, "server on 0, generator on 1", false, "-Xmx512m"),
        List.of(contest("echo", "tcp://127.0.0.1:{port}"), contest("http", "http://h:{port}/")),
        history());
  }

  static List<Capacity> history() {
    return List.of(
        new Capacity("platform", 1_000, 1_000, 51_234, 210.4, 1_020, 81_000, ""),
        new Capacity("pool 100", 1_000, 100, 48_000, 61.2, 120, 43_000, "connection 101 waits"),
        Capacity.failed("poll", 1_000, "ended with status 1: " + "some words ".repeat(20)));
  }

  static Contest contest() {
    return contest("echo", "tcp://127.0.0.1:{port}");
  }

  private static Contest contest(String protocol, String target) {
    return new Contest(
        protocol,
        target,
        "64 bytes",
        64,
        "inline",
        40_000,
        List.of(
            entry(
                "virtual",
                9.1,
                84_000,
                Map.of(),
                new IdleMemory(2_000, 80 << 20, 10_000, 104 << 20)),
            entry(
                "inline",
                8.4,
                101_000,
                Map.of(),
                new IdleMemory(2_000, 60 << 20, 10_000, 64 << 20)),
            entry("selector carrier=loop", 8.7, 98_000, Map.of(), null),
            entry("pool", 3.0, 500_000, Map.of("reset", 3L), null)));
  }

  static Entry entry(
      String name, double cpu, double perSecond, Map<String, Long> errors, IdleMemory memory) {
    List<Round> rounds =
        IntStream.range(0, ROUNDS)
            .mapToObj(
                round -> {
                  double factor = 1 + 0.01 * round;
                  return new Round(
                      sample(cpu * factor, perSecond / factor, errors, round),
                      sample(cpu * 1.3 * factor, 40_000, errors, round));
                })
            .toList();
    return new Entry(name, "java -jar " + name + ".jar", rounds, memory, List.of(), false);
  }

  static Sample sample(
      double cpu,
      double perSecond,
      Map<String, Long> errors,
      int starved,
      double server,
      double generator) {
    return new Sample(
        perSecond,
        cpu,
        cpu / 4,
        cpu * 3 / 4,
        0.02,
        latency(cpu),
        0,
        errors,
        starved,
        server,
        generator,
        4.2);
  }

  private static Sample sample(double cpu, double perSecond, Map<String, Long> errors, int round) {
    return sample(cpu, perSecond, errors, 0, 0.99, 0.6 + round / 100.0);
  }

  private static Latency latency(double cpu) {
    Histogram nanos = new Histogram(3);
    SplittableRandom random = new SplittableRandom(7);
    for (int message = 0; message < MESSAGES; message++) {
      nanos.recordValue((long) (5_000 * cpu / (random.nextDouble() + 0.001)));
    }
    nanos.setStartTimeStamp(1_700_000_000_000L);
    nanos.setEndTimeStamp(1_700_000_001_000L);
    return Latency.of(nanos);
  }
}
