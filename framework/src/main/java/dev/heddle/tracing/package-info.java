/// Requests as spans of OpenTelemetry, for those who have its API on the class path or module path.
package dev.heddle.tracing;
