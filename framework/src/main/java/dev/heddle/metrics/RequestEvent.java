package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("heddle.Request")
@Label("Request")
@Category("Heddle")
@Description("A request, from the end of its head to the end of its answer")
@StackTrace(false)
final class RequestEvent extends Event {
  @Label("Remote Address")
  @Nullable String remote;

  @Label("Protocol")
  @Nullable String protocol;

  @Label("Method")
  @Nullable String method;

  @Label("Route")
  @Description("The template of the route; empty if there was none")
  @Nullable String route;

  @Label("Status")
  @Description("0 if no answer was begun")
  int status;

  @Label("Body Bytes Read")
  @DataAmount
  long bytesRead;

  @Label("Body Bytes Written")
  @DataAmount
  long bytesWritten;

  @Label("Complete")
  @Description("Whether the answer came to its end")
  boolean complete;
}
