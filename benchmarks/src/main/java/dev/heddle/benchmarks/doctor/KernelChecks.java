package dev.heddle.benchmarks.doctor;

import java.util.ArrayList;
import java.util.List;

/// What the kernel lets a server do.
record KernelChecks(Proc proc) {
  private static final String NOFILE = "open files (nofile)";
  private static final int OWN_DESCRIPTORS = 100; // a JVM's jars, pipes and selectors
  private static final long WANTED_DESCRIPTORS = 1_048_576;
  private static final long SOME_DESCRIPTORS = 100_000;
  private static final long WANTED_QUEUE = 4_096;
  private static final String PORT_RANGE = "net.ipv4.ip_local_port_range";
  private static final long WANTED_PORTS = 60_000;
  private static final int USUAL_FIRST_PORT = 32_768;
  private static final int USUAL_LAST_PORT = 60_999;
  private static final int TIME_WAIT_SECONDS = 60;
  private static final long WANTED_BUFFER = 4 << 20;
  private static final int ROUND_TRIPS_PER_SECOND = 10;

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(descriptors());
    findings.add(
        queue(
            "net.core.somaxconn",
            "a backlog is cut to this: more that wait to be accepted are refused"));
    findings.add(
        queue(
            "net.ipv4.tcp_max_syn_backlog",
            "connections half open: with more at once, clients send their SYN again"));
    findings.add(ports());
    findings.add(timeWait());
    findings.add(socketBuffer("net.core.rmem_max", "receive"));
    findings.add(socketBuffer("net.core.wmem_max", "send"));
    findings.add(window("net.ipv4.tcp_rmem", "receives"));
    findings.add(window("net.ipv4.tcp_wmem", "sends"));
    return findings;
  }

  private Finding descriptors() {
    return proc.hardDescriptorLimit()
        .map(KernelChecks::descriptors)
        .orElseGet(() -> Finding.unknown(NOFILE, proc.folder().resolve("self/limits").toString()));
  }

  private static Finding descriptors(long limit) {
    if (limit == Long.MAX_VALUE) {
      return Finding.well(NOFILE, "unlimited", "as many connections as memory allows");
    }
    return Finding.atLeast(
        SOME_DESCRIPTORS,
        limit,
        NOFILE,
        Words.number(Math.max(0, limit - OWN_DESCRIPTORS)) + " connections",
        "echo '* - nofile %d' | sudo tee /etc/security/limits.d/heddle.conf"
            .formatted(WANTED_DESCRIPTORS));
  }

  private Finding queue(String setting, String limits) {
    return check(
        setting,
        values -> {
          long value = values.getFirst();
          return Finding.atLeast(
              WANTED_QUEUE, value, setting, limits, set(setting, WANTED_QUEUE + ""));
        });
  }

  private Finding ports() {
    return check(
        PORT_RANGE,
        values -> {
          long count = values.getLast() - values.getFirst() + 1;
          String limits =
              Words.number(count)
                  + " connections from here to one server's port: load generators and proxies";
          return new Finding(
              PORT_RANGE,
              values.getFirst() + " to " + values.getLast(),
              limits,
              count >= WANTED_PORTS ? "" : set(PORT_RANGE, "\"1024 65535\""));
        });
  }

  private Finding timeWait() {
    String setting = "net.ipv4.tcp_tw_reuse";
    return check(
        setting,
        values -> {
          long value = values.getFirst();
          String limits =
              switch ((int) value) {
                case 1 -> "a port is used again a second after its connection";
                case 2 ->
                    "a port is used again after a second on this machine, else after 60 s: "
                        + perSecond();
                default -> "a port is used again only after 60 s: " + perSecond();
              };
          return new Finding(
              setting, Long.toString(value), limits, value == 0 ? set(setting, "1") : "");
        });
  }

  private String perSecond() {
    List<Long> range = proc.numbers(PORT_RANGE);
    long ports =
        range.size() == 2
            ? range.getLast() - range.getFirst() + 1
            : USUAL_LAST_PORT - USUAL_FIRST_PORT + 1;
    return "%s new connections a second to one server's port"
        .formatted(Words.number(ports / TIME_WAIT_SECONDS));
  }

  private Finding socketBuffer(String setting, String direction) {
    return check(
        setting,
        values -> {
          long value = values.getFirst();
          return new Finding(
              setting,
              Words.bytes(value),
              "the largest --%s-buffer that takes effect".formatted(direction),
              value >= WANTED_BUFFER / 32 ? "" : set(setting, Long.toString(WANTED_BUFFER)));
        });
  }

  private Finding window(String setting, String verb) {
    return check(
        setting,
        values -> {
          long most = values.getLast();
          String limits =
              "one connection %s at most %s a second over a round trip of 100 ms"
                  .formatted(verb, Words.bytes(most * ROUND_TRIPS_PER_SECOND));
          return new Finding(
              setting,
              Words.bytes(most),
              limits,
              most >= WANTED_BUFFER
                  ? ""
                  : set(
                      setting,
                      "\"%d %d %d\"".formatted(values.get(0), values.get(1), WANTED_BUFFER)));
        });
  }

  private interface Judge {
    Finding judge(List<Long> values);
  }

  private Finding check(String setting, Judge judge) {
    int expected = setting.endsWith("range") ? 2 : setting.matches(".*tcp_[rw]mem") ? 3 : 1;
    List<Long> values = proc.numbers(setting);
    return values.size() == expected
        ? judge.judge(values)
        : Finding.unknown(setting, proc.file(setting).toString());
  }

  private static String set(String setting, String value) {
    return "sudo sysctl -w " + setting + "=" + value;
  }
}
