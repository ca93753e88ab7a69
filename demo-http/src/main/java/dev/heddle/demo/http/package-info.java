/// An HTTP server that shows itself at work.
@org.jspecify.annotations.NullMarked
package dev.heddle.demo.http;
