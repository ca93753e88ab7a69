package dev.heddle.benchmarks.doctor;

import dev.heddle.benchmarks.command.Invocation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`: reads this machine's settings and says what to change. It changes nothing.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Reads this machine's settings, says what each limits, and by which line to change what"
            + " is low. It changes nothing itself.")
public final class DoctorCommand implements Runnable {
  @Option(
      names = "--proc",
      paramLabel = "FOLDER",
      defaultValue = "/proc",
      description = "Where to read (default: ${DEFAULT-VALUE}).")
  private Path proc = Path.of("/proc");

  @Mixin private final Invocation invocation = new Invocation();

  @Override
  public void run() {
    List<Finding> findings = new ArrayList<>(new KernelChecks(new Proc(proc)).findings());
    findings.addAll(JvmChecks.ofThisJvm().findings());
    PrintWriter out = invocation.out();
    DoctorText.of(findings).forEach(out::println);
    out.flush();
  }
}
