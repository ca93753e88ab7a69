package dev.heddle.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say what to compare.
final class LineupFlags {
  private static final String NONE = "none";

  @Option(
      names = "--protocol",
      split = ",",
      paramLabel = "NAME",
      description =
          "echo, http, ws, and http-browser, http-varying, http-post, http-download, http-sleep"
              + " (default: the first three).")
  private List<String> protocols = List.of();

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "A server of your own in place of the demos, with the launcher's flags.")
  private @Nullable Path jar;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "What to load of it, such as http://127.0.0.1:{port}/path.")
  private @Nullable String url;

  @Option(
      names = "--backends",
      split = ",",
      paramLabel = "NAME",
      description =
          "Backends, or none. One may have further flags: \"pool --threads=200\" (default:"
              + " virtual,selector,platform,pool, and without --jar helidon).")
  private @Nullable List<String> backends;

  @Option(
      names = "--baselines",
      split = ",",
      paramLabel = "NAME",
      description =
          "Baselines, or none: inline,netty,helidon-stack,jdk,jetty,vertx, as far as they speak the"
              + " protocol (default: the first three; --quick inline, --thorough all).")
  private @Nullable List<String> baselines;

  @Option(
      names = "--base",
      paramLabel = "NAME",
      description = "What the ratios are to (default: inline, or else the first).")
  private @Nullable String base;

  /// Who competes, in which protocols.
  ///
  /// @throws IllegalArgumentException when a name is unknown, or the flags do not go together
  /// @throws IOException when a jar is missing
  List<Competition> competitions(Preset preset) throws IOException {
    Lineup lineup = new Lineup(Lineup.findModules(), backends(), baselines(preset));
    List<Competition> competitions = new ArrayList<>();
    if (jar != null) {
      competitions.add(lineup.of(existing(jar), urlOfJar()));
    } else if (url != null) {
      throw new IllegalArgumentException("--url goes with --jar");
    } else {
      for (Protocol protocol : lineup.protocols(protocols)) {
        competitions.add(lineup.of(protocol));
      }
    }
    String against = base;
    return against == null
        ? competitions
        : competitions.stream().map(competition -> competition.against(against)).toList();
  }

  private static Path existing(Path jar) throws IOException {
    if (!Files.isReadable(jar)) {
      throw new IOException("cannot read " + jar);
    }
    return jar;
  }

  private String urlOfJar() {
    if (!protocols.isEmpty()) {
      throw new IllegalArgumentException("--protocol does not go with --jar: --url says it");
    }
    if (url == null || !url.contains(Competition.PORT)) {
      throw new IllegalArgumentException(
          "--jar needs a --url with {port} in it, such as http://127.0.0.1:{port}/path");
    }
    return url;
  }

  /// A jar of somebody else's need not carry the backend that comes in a module of its own.
  private List<String> backends() {
    List<String> usual = jar == null ? Preset.BACKENDS : Preset.BACKENDS_OF_ANY_JAR;
    return backends == null ? usual : names(backends);
  }

  private List<String> baselines(Preset preset) {
    return baselines == null ? preset.baselines() : names(baselines);
  }

  private static List<String> names(List<String> given) {
    return given.equals(List.of(NONE)) ? List.of() : given;
  }
}
