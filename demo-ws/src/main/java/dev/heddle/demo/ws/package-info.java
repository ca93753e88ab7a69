/// A WebSocket server with a chat.
@org.jspecify.annotations.NullMarked
package dev.heddle.demo.ws;
