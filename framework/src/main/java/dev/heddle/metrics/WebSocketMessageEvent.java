package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("heddle.WebSocketMessage")
@Label("WebSocket Message")
@Category("Heddle")
@Description("A message that has come whole, or was handed to the network")
@StackTrace(false)
final class WebSocketMessageEvent extends Event {
  @Label("Remote Address")
  @Nullable String remote;

  @Label("Direction")
  @Description("received or sent")
  @Nullable String direction;

  @Label("Kind")
  @Description("text or binary")
  @Nullable String kind;

  @Label("Payload")
  @DataAmount
  long bytes;
}
