package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("heddle.HandshakeFailure")
@Label("Handshake Failure")
@Category("Heddle")
@Description("A TLS handshake that came to nothing")
@StackTrace(false)
final class HandshakeFailureEvent extends Event {
  @Label("Remote Address")
  @Nullable String remote;

  @Label("Reason")
  @Nullable String reason;
}
