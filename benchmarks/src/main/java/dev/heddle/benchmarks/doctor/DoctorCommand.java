package dev.heddle.benchmarks.doctor;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec == null) {
      throw new IllegalStateException("runs by its command line only");
    }
    List<Finding> findings = new ArrayList<>(new KernelChecks(new Proc(proc)).findings());
    findings.addAll(JvmChecks.ofThisJvm().findings());
    PrintWriter out = spec.commandLine().getOut();
    DoctorText.of(findings).forEach(out::println);
    out.flush();
  }
}
