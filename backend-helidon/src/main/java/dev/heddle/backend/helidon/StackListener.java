package dev.heddle.backend.helidon;

import io.helidon.common.context.Context;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.DirectHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What Helidon's HTTP asks of a listener: its defaults, as our server listens.
record StackListener(
    Router router,
    ListenerConfig config,
    Context context,
    MediaContext mediaContext,
    ContentEncodingContext contentEncodingContext,
    DirectHandlers directHandlers,
    ExecutorService executor)
    implements ListenerContext {

  StackListener(Router router) {
    this(
        router,
        ListenerConfig.builder().protocolsDiscoverServices(false).buildPrototype(),
        Context.create(),
        MediaContext.create(),
        ContentEncodingContext.create(),
        DirectHandlers.create(),
        Executors.newVirtualThreadPerTaskExecutor());
  }
}
