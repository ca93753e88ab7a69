package dev.heddle.launcher;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What a flag is if the command line does not say: the environment's word, or else the
/// configuration file's, or else the program's own.
///
/// `--max-connections` is `HEDDLE_MAX_CONNECTIONS` in the environment, where empty counts as unset,
/// and `max-connections` in the file.
final class Defaults implements IDefaultValueProvider {
  static final String CONFIG_FLAG = "--config";

  private static final Set<String> HELP = Set.of("--help", "--version");
  private static final Set<String> NOT_IN_A_FILE = Set.of("config", "help", "version");

  private final Map<String, String> environment;
  private final ConfigFile file;

  /// The flag whose value was taken from here last. picocli converts it next.
  private String supplied = "";

  Defaults(Map<String, String> environment, ConfigFile file) {
    this.environment = environment;
    this.file = file;
  }

  /// Reads the file that the command line or the environment names, if one does. For help, neither
  /// matters: it must work however wrong they are.
  static Defaults read(Map<String, String> environment, String[] args) {
    if (Arrays.stream(args).anyMatch(HELP::contains)) {
      return new Defaults(Map.of(), ConfigFile.NONE);
    }
    String file = configFlag(args);
    if (file == null) {
      file = environment.getOrDefault(variable(CONFIG_FLAG), "");
    }
    return new Defaults(environment, file.isEmpty() ? ConfigFile.NONE : ConfigFile.read(file));
  }

  /// The file has to be known before picocli parses, as it asks for defaults while it does.
  private static @Nullable String configFlag(String[] args) {
    for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
      if (args[i].equals(CONFIG_FLAG) && i + 1 < args.length) {
        return args[i + 1];
      }
      if (args[i].startsWith(CONFIG_FLAG + "=")) {
        return args[i].substring(CONFIG_FLAG.length() + 1);
      }
    }
    return null;
  }

  /// Refuses a file with keys that are no flags of the command or its subcommands.
  void check(CommandSpec command) {
    Set<String> known = new TreeSet<>();
    collectKeys(command, known);
    for (String key : file.values().keySet()) {
      if (!known.contains(key)) {
        String advice =
            Nearest.to(key, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("expected flags without their dashes: see --help");
        throw LaunchException.usage(
            "unknown key '%s' in %s: %s".formatted(key, file.name(), advice));
      }
    }
  }

  private static void collectKeys(CommandSpec command, Set<String> keys) {
    command.options().stream()
        .map(option -> key(option.longestName()))
        .filter(key -> !NOT_IN_A_FILE.contains(key))
        .forEach(keys::add);
    for (CommandLine subcommand : command.subcommands().values()) {
      collectKeys(subcommand.getCommandSpec(), keys);
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec arg) {
    if (arg instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()) {
      String flag = option.longestName();
      String value =
          isInEnvironment(flag) ? environment.get(variable(flag)) : file.values().get(key(flag));
      if (value != null) {
        supplied = flag;
        return value;
      }
    }
    return switch (arg.initialValue()) {
      case Duration duration -> DurationConverter.format(duration);
      case Enum<?> choice -> ChoiceConverter.format(choice);
      case null, default -> null;
    };
  }

  /// Whether this is the flag whose value was taken from here last.
  boolean suppliedLast(ArgSpec arg) {
    return arg instanceof OptionSpec option && option.longestName().equals(supplied);
  }

  /// What to call a flag that the command line does not set: by the place where its value is from.
  String origin(String flag) {
    if (isInEnvironment(flag)) {
      return variable(flag);
    }
    return file.values().containsKey(key(flag)) ? key(flag) + " in " + file.name() : flag;
  }

  private boolean isInEnvironment(String flag) {
    return !environment.getOrDefault(variable(flag), "").isEmpty();
  }

  private static String key(String flag) {
    return flag.replaceFirst("^-+", "");
  }

  private static String variable(String flag) {
    return "HEDDLE_" + key(flag).toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
