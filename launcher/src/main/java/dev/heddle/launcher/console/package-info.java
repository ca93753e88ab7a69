/// Standard error: log records, and a live line below them.
package dev.heddle.launcher.console;
