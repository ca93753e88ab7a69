package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("heddle.LoopStall")
@Label("Loop Stall")
@Category("Heddle")
@Description("A handler has held an event loop, and so all its other connections, for a while")
@StackTrace(false)
final class LoopStallEvent extends Event {
  @Label("Loop")
  @Nullable String loop;

  @Label("Held")
  @Description("For how long when it was noticed; it may have gone on")
  @Timespan(Timespan.NANOSECONDS)
  long held;
}
