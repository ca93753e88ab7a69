package dev.heddle.metrics;

import dev.heddle.Observer;
import dev.heddle.Server;
import dev.heddle.http.HttpHandler;
import dev.heddle.http.Request;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/// Whether a server is alive, and whether it should be sent requests: for balancers and whoever
/// restarts programs. Make it the server's observer.
///
/// It is live as long as it answers. It is ready once it has started, until it is told to close,
/// while all checks pass: else 503. So that balancers learn of a close in time, let the server
/// accept a while longer by [dev.heddle.ServerOptions#drainDelay()].
///
/// Threading: any thread.
public final class Health implements Observer {
  private static final Logger LOG = System.getLogger("dev.heddle.metrics");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._ -]+");

  private final Map<String, Callable<Boolean>> checks = new ConcurrentSkipListMap<>();
  private volatile String state = "starting";

  /// The health of a server that has not started.
  public Health() {}

  /// Adds a condition of readiness: asked each time somebody wants to know, on their connection's
  /// thread, so it may block, and should answer within the time that balancers wait.
  ///
  /// @param name letters, digits, spaces, `.`, `_` and `-`
  /// @param check returns false or throws as long as the server should get no requests
  /// @throws IllegalArgumentException if the name has other characters
  public Health check(String name, Callable<Boolean> check) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the check's name has other characters than letters, digits, spaces, '.', '_' and '-'");
    }
    checks.put(name, check);
    return this;
  }

  @Override
  public void serverStarted(Server server) {
    state = "ready";
  }

  @Override
  public void serverClosing(Server server) {
    state = "draining";
  }

  /// For `GET /health/live`: 200, always.
  public HttpHandler live() {
    return _ -> answer(Status.OK, "live", "");
  }

  /// For `GET /health/ready`: 200 or 503, and why.
  public HttpHandler ready() {
    return this::ready;
  }

  private Response ready(Request request) {
    String now = state;
    if (!now.equals("ready")) {
      return answer(Status.SERVICE_UNAVAILABLE, now, "");
    }
    for (Map.Entry<String, Callable<Boolean>> check : checks.entrySet()) {
      if (!passes(check.getKey(), check.getValue())) {
        return answer(
            Status.SERVICE_UNAVAILABLE, "not ready", ",\"check\":\"" + check.getKey() + "\"");
      }
    }
    return answer(Status.OK, now, "");
  }

  private static boolean passes(String name, Callable<Boolean> check) {
    try {
      return check.call();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the check " + name + " failed", e);
      return false;
    }
  }

  private static Response answer(Status status, String word, String more) {
    return Response.json("{\"status\":\"" + word + "\"" + more + "}\n")
        .withStatus(status)
        .with("Cache-Control", "no-store");
  }
}
