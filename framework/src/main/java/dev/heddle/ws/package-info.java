/// WebSocket (RFC 6455) with permessage-deflate (RFC 7692), and rooms in which many hear the same.
/// Start with [dev.heddle.ws.WebSockets] and [dev.heddle.ws.WebSocketHandler].
package dev.heddle.ws;
