package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("heddle.AcceptFailure")
@Label("Accept Failure")
@Category("Heddle")
@Description("The listener could not accept a connection, such as for want of descriptors")
@StackTrace(false)
final class AcceptFailureEvent extends Event {
  @Label("Message")
  @Nullable String message;
}
