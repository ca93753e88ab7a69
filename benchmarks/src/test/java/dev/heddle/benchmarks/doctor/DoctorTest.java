package dev.heddle.benchmarks.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `doctor` on made-up machines.
class DoctorTest {
  @TempDir private Path proc;

  @BeforeEach
  void makeAMachineThatIsWellSet() throws IOException {
    setNofile("1048576");
    set("net.core.somaxconn", "4096");
    set("net.ipv4.tcp_max_syn_backlog", "8192");
    set("net.ipv4.ip_local_port_range", "1024\t65535");
    set("net.ipv4.tcp_tw_reuse", "1");
    set("net.core.rmem_max", "4194304");
    set("net.core.wmem_max", "4194304");
    set("net.ipv4.tcp_rmem", "4096\t131072\t6291456");
    set("net.ipv4.tcp_wmem", "4096\t16384\t4194304");
  }

  private void set(String setting, String value) throws IOException {
    Path file = new Proc(proc).file(setting);
    Files.createDirectories(file.getParent());
    Files.writeString(file, value + "\n");
  }

  private void setNofile(String hard) throws IOException {
    Path limits = proc.resolve("self/limits");
    Files.createDirectories(limits.getParent());
    Files.writeString(
        limits,
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             94000                94000                processes
        Max open files            1024                 %-20s files
        """
            .formatted(hard));
  }

  private String run() {
    CommandRun doctor = CommandRun.of("doctor", "--proc=" + proc);
    assertThat(doctor.exitCode()).isZero();
    return doctor.out();
  }

  private Finding finding(String name) {
    return new KernelChecks(new Proc(proc))
        .findings().stream().filter(each -> each.name().startsWith(name)).findFirst().orElseThrow();
  }

  @Test
  void hasNothingToSayToAMachineThatIsWellSet() {
    assertThat(new KernelChecks(new Proc(proc)).findings())
        .hasSize(9)
        .allMatch(finding -> finding.mark().equals("ok"));
    assertThat(run()).contains("somaxconn  4,096", "processors", "JDK").doesNotContain("->");
  }

  @Test
  void saysHowManyConnectionsTheDescriptorsAllow() throws IOException {
    setNofile("20000");
    assertThat(finding("open files"))
        .isEqualTo(
            new Finding(
                "open files (nofile)",
                "20,000",
                "19,900 connections",
                "echo '* - nofile 1048576' | sudo tee /etc/security/limits.d/heddle.conf"));
    assertThat(run()).contains("change  open files", "19,900 connections", "1 setting to change.");
  }

  @Test
  void knowsUnlimited() throws IOException {
    setNofile("unlimited");
    assertThat(finding("open files").value()).isEqualTo("unlimited");
  }

  @Test
  void givesTheLineThatRaisesAQueue() throws IOException {
    set("net.core.somaxconn", "128");
    assertThat(finding("net.core.somaxconn").remedy())
        .isEqualTo("sudo sysctl -w net.core.somaxconn=4096");
    assertThat(run()).contains("-> sudo sysctl -w net.core.somaxconn=4096", "/etc/sysctl.d/");
  }

  @Test
  void countsPorts() throws IOException {
    set("net.ipv4.ip_local_port_range", "32768\t60999");
    set("net.ipv4.tcp_tw_reuse", "0");
    assertThat(finding("net.ipv4.ip_local_port_range").limits()).startsWith("28,232 connections");
    assertThat(finding("net.ipv4.ip_local_port_range").remedy())
        .isEqualTo("sudo sysctl -w net.ipv4.ip_local_port_range=\"1024 65535\"");
    assertThat(finding("net.ipv4.tcp_tw_reuse").limits()).contains("470 new connections a second");
    assertThat(finding("net.ipv4.tcp_tw_reuse").remedy()).endsWith("tcp_tw_reuse=1");
  }

  @Test
  void keepsTheLowerBoundsOfWindows() throws IOException {
    set("net.ipv4.tcp_wmem", "4096 16384 65536");
    assertThat(finding("net.ipv4.tcp_wmem").limits()).contains("640 KiB a second");
    assertThat(finding("net.ipv4.tcp_wmem").remedy())
        .isEqualTo("sudo sysctl -w net.ipv4.tcp_wmem=\"4096 16384 4194304\"");
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    Files.delete(new Proc(proc).file("net.core.somaxconn"));
    set("net.core.rmem_max", "many");
    setNofile("");
    assertThat(List.of("net.core.somaxconn", "net.core.rmem_max", "open files"))
        .allMatch(name -> finding(name).mark().equals("?"));
    assertThat(run()).contains("cannot be read here: ");
  }

  @Test
  void judgesTheJdk() {
    List<Finding> old = new JvmChecks(1, 21, "21.0.1", false, false).findings();
    assertThat(old).extracting(Finding::mark).containsExactly("ok", "change", "change", "change");
    assertThat(new JvmChecks(8, 26, "26", true, true).findings())
        .allMatch(finding -> finding.remedy().isEmpty());
  }

  @Test
  void wrapsProseAndLeavesCommandsWhole() throws IOException {
    set("net.ipv4.ip_local_port_range", "32768\t60999");
    assertThat(
            run().lines().filter(line -> !line.contains("-> ") && !line.contains(proc.toString())))
        .allMatch(line -> line.length() <= 80);
  }
}
