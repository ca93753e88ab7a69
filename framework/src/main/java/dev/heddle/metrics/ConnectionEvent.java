package dev.heddle.metrics;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("heddle.Connection")
@Label("Connection")
@Category("Heddle")
@Description("A connection, from its first byte to its last")
@StackTrace(false)
final class ConnectionEvent extends Event {
  @Label("Remote Address")
  @Nullable String remote;

  @Label("Proxy")
  @Description("Who spoke for the remote address, by the PROXY protocol")
  @Nullable String proxy;

  @Label("Messages")
  @Description("Requests, messages, or reads where the protocol names neither")
  long messages;

  @Label("Bytes Read")
  @DataAmount
  long bytesRead;

  @Label("Bytes Written")
  @DataAmount
  long bytesWritten;
}
