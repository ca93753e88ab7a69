package dev.heddle.launcher;

import java.util.List;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in a line what is wrong with a command line, what was expected, and what to do.
final class UsageMessages {
  private UsageMessages() {}

  static String describe(ParameterException wrong, Defaults defaults) {
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unknown(unmatched);
      case MissingParameterException missing -> missing(missing);
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice";
      default -> misread(wrong, defaults);
    };
  }

  private static String unknown(UnmatchedArgumentException wrong) {
    String word = wrong.getUnmatched().getFirst();
    if (!wrong.isUnknownOption()) {
      return "unknown argument '%s': see --help".formatted(word);
    }
    String flag = word.replaceFirst("=.*", "");
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    List<String> known =
        command.options().stream().map(OptionSpec::longestName).distinct().toList();
    String advice =
        Nearest.to(flag, known).map(near -> "did you mean " + near + "?").orElse("see --help");
    return "unknown flag '%s': %s".formatted(flag, advice);
  }

  private static String missing(MissingParameterException wrong) {
    ArgSpec first = wrong.getMissing().getFirst();
    return "%s is missing: expected %s".formatted(name(first), syntax(first));
  }

  private static String misread(ParameterException wrong, Defaults defaults) {
    if (wrong.getArgSpec() == null || !(wrong.getCause() instanceof TypeConversionException why)) {
      return wrong.getMessage() + ": see --help";
    }
    String name = name(wrong.getArgSpec());
    if (defaults.suppliedLast(wrong.getArgSpec())) {
      name = defaults.origin(name);
    }
    return "%s is '%s': %s".formatted(name, wrong.getValue(), why.getMessage());
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private static String syntax(ArgSpec arg) {
    return arg instanceof OptionSpec option
        ? option.longestName() + "=" + option.paramLabel()
        : arg.paramLabel();
  }
}
