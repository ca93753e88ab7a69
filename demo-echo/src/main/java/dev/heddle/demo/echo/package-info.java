/// The smallest server.
@org.jspecify.annotations.NullMarked
package dev.heddle.demo.echo;
