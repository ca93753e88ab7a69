package dev.heddle.launcher;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/// Translates what the framework says about its options into words of the command line: the option
/// `maxConnections` is the flag `--max-connections`.
final class FlagNames {
  /// `option 'loops' means nothing to ...`, and `loops is -1: ...` at the start.
  private static final Pattern OPTION = Pattern.compile("option '(\\w+)'|^(\\w+)(?= is )");

  /// `carrier 'loop'`, `selector provider 'poll'`.
  private static final Pattern VALUE = Pattern.compile("\\b(carrier|selector provider) '(\\w+)'");

  private FlagNames() {}

  /// The refusal as a message about flags.
  static LaunchException in(IllegalArgumentException refusal, CommandSpec command) {
    return LaunchException.usage(translate(String.valueOf(refusal.getMessage()), command));
  }

  static String translate(String message, CommandSpec command) {
    String flags =
        OPTION
            .matcher(message)
            .replaceAll(
                found -> {
                  String flag = flag(found.group(1) == null ? found.group(2) : found.group(1));
                  return command.findOption(flag) == null ? found.group() : origin(flag, command);
                });
    return VALUE.matcher(flags).replaceAll(FlagNames::assignment);
  }

  /// The flag, or where its value is from if not from the command line.
  private static String origin(String flag, CommandSpec command) {
    return command.defaultValueProvider() instanceof Defaults defaults
            && !command.commandLine().getParseResult().hasMatchedOption(flag)
        ? defaults.origin(flag)
        : flag;
  }

  private static String assignment(MatchResult found) {
    return "--" + found.group(1).replace(' ', '-') + "=" + found.group(2);
  }

  static String flag(String option) {
    return switch (option) {
      case "noDelay" -> "--tcp-nodelay";
      case "quickAck" -> "--tcp-quickack";
      case "trustedProxies" -> "--proxy-trusted";
      default -> "--" + option.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    };
  }
}
