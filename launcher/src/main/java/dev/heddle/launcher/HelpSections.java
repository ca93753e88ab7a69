package dev.heddle.launcher;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The flags of a command's help, under a heading for each kind. Those that a program adds come
/// first.
final class HelpSections implements IHelpSectionRenderer {
  static final int WIDTH = 80;
  private static final int NAMES_WIDTH = 29;
  private static final int INDENT = 2;

  private static final String OWN = "Options";
  private static final Map<Class<?>, String> HEADINGS =
      Map.ofEntries(
          Map.entry(EngineFlags.class, "Engine"),
          Map.entry(ListenerFlags.class, "Listener"),
          Map.entry(ProxyFlags.class, "Behind proxies"),
          Map.entry(ForwardedFlags.class, "Behind proxies"),
          Map.entry(LimitFlags.class, "Limits"),
          Map.entry(TimeFlags.class, "Time"),
          Map.entry(SocketFlags.class, "Sockets"),
          Map.entry(TlsFlags.class, "TLS"),
          Map.entry(AdminFlags.class, "Operations"),
          Map.entry(OutputFlags.class, "Output"),
          Map.entry(CommonFlags.class, "Other"));

  private static final String[] FOOTER = {
    "Times are written 500ms, 5s, 2m, 1h or 0; sizes 512, 64k or 1m.",
    "Any flag may also come from the environment, as HEDDLE_MAX_CONNECTIONS=100 for",
    "--max-connections, or from the file named by --config, as max-connections=100.",
    "The command line wins over the environment, and that over the file.",
  };

  private HelpSections() {}

  static void install(CommandSpec command) {
    UsageMessageSpec usage = command.usageMessage();
    usage.abbreviateSynopsis(true);
    usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new HelpSections());
    if (usage.footer().length == 0) {
      usage.footerHeading("%n").footer(FOOTER);
    }
    command.version(Version.current().banner());
    command.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .forEach(HelpSections::install);
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    bySection(help.commandSpec())
        .forEach(
            (heading, options) -> {
              text.append(help.createHeading("%n@|bold " + heading + "|@%n"));
              Layout layout = layout(help.colorScheme());
              layout.addOptions(options, help.parameterLabelRenderer());
              text.append(layout);
            });
    return text.toString();
  }

  private static Map<String, List<OptionSpec>> bySection(CommandSpec command) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    sections.put(OWN, new ArrayList<>());
    for (OptionSpec option : command.options()) {
      sections.computeIfAbsent(heading(option), _ -> new ArrayList<>()).add(option);
    }
    sections.values().removeIf(List::isEmpty);
    return sections;
  }

  private static String heading(OptionSpec option) {
    return option.userObject() instanceof Member member
        ? HEADINGS.getOrDefault(member.getDeclaringClass(), OWN)
        : OWN;
  }

  private static Layout layout(ColorScheme colors) {
    TextTable table =
        TextTable.forColumns(
            colors,
            new Column(NAMES_WIDTH, INDENT, Overflow.SPAN),
            new Column(WIDTH - NAMES_WIDTH, 1, Overflow.WRAP));
    return new Layout(colors, table, HelpSections::row, Help.createMinimalParameterRenderer());
  }

  private static Text[][] row(OptionSpec option, IParamLabelRenderer labels, ColorScheme colors) {
    String name = String.join(", ", option.names());
    if (option.negatable()) {
      name = "--[no-]" + name.substring("--".length());
    }
    Text names =
        colors
            .optionText(name)
            .concat(labels.renderParameterLabel(option, colors.ansi(), colors.optionParamStyles()));
    return new Text[][] {{names, colors.text(String.join(" ", option.description()))}};
  }
}
