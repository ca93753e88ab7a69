package dev.heddle.demo.http;

import dev.heddle.http.AccessLog;
import dev.heddle.http.Http1;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.HttpOptions;
import dev.heddle.http.StaticFiles;
import dev.heddle.http.Tracing;
import dev.heddle.launcher.ForwardedFlags;
import dev.heddle.launcher.Launcher;
import dev.heddle.launcher.ServerFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// An HTTP server on any backend, with a page that shows it at work.
@Command(
    name = "http",
    description = "Serves HTTP on any backend; its page / shows the server at work.")
public final class HttpDemo implements Callable<Integer> {
  @Option(
      names = "--keep-alive-timeout",
      paramLabel = "<time>",
      description =
          "How long a connection may be without a request; 0: for ever (default ${DEFAULT-VALUE})")
  Duration keepAliveTimeout = HttpOptions.DEFAULT.keepAliveTimeout();

  @Option(
      names = "--keep-alive-max",
      paramLabel = "<n>",
      description = "Requests a connection may bring; 0: any number (default ${DEFAULT-VALUE})")
  int keepAliveMax = HttpOptions.DEFAULT.keepAliveRequests();

  @Option(
      names = "--access-log",
      arity = "0..1",
      fallbackValue = "combined",
      paramLabel = "<format>",
      converter = LogFormatConverter.class,
      description = "A line on stdout for each request: combined, or json (default none)")
  AccessLog.@Nullable Format accessLog;

  @Option(
      names = "--tracing",
      fallbackValue = "true",
      description =
          "Give each request a place in the trace that its traceparent names, or in a new one;"
              + " responses and the access log in JSON tell it")
  boolean tracing;

  @Option(
      names = "--files",
      paramLabel = "<dir>",
      description = "What /files/ serves (default some samples)")
  @Nullable Path files;

  @Mixin private final ForwardedFlags forwarded = new ForwardedFlags();

  @Mixin private final OverloadFlags overload = new OverloadFlags();

  @Spec private CommandSpec command;

  @Mixin private final ServerFlags flags = ServerFlags.withPort(8080).speaking("http/1.1");

  HttpDemo() {}

  /// Serves until told to end: see `--help`.
  public static void main(String[] args) {
    System.exit(Launcher.execute(new HttpDemo(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    HttpOptions options = options();
    LiveFeed feed = new LiveFeed(About.of(flags.options(), options));
    HttpHandler routes = Routes.of(feed, files());
    Sampler sampler = new Sampler(feed::isWatched, System.nanoTime());
    feed.takeEverySecond(sampler);
    HttpHandler handler = traced(logged(overload.around(new Constants(routes))));
    return flags.serve(Http1.of(forwarded.before(handler, flags), options), sampler);
  }

  private HttpOptions options() {
    return HttpOptions.builder()
        .keepAliveTimeout(keepAliveTimeout)
        .keepAliveRequests(keepAliveMax)
        .server("heddle")
        .build();
  }

  private HttpHandler files() throws IOException {
    if (files == null) {
      return new SampleFiles();
    }
    if (!Files.isDirectory(files)) {
      throw refused("--files is '" + files + "': expected a directory");
    }
    return StaticFiles.of(files);
  }

  private HttpHandler logged(HttpHandler handler) {
    return accessLog == null ? handler : AccessLog.of(handler, accessLog, System.out::println);
  }

  private HttpHandler traced(HttpHandler handler) {
    return tracing ? Tracing.of(handler) : handler;
  }

  private ParameterException refused(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
