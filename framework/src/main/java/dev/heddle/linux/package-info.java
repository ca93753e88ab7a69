/// What only Linux tells, for diagnosis. Nothing else in Heddle needs it.
///
/// It calls the C library through [java.lang.foreign], so the JVM has to be started with
/// `--enable-native-access=dev.heddle`, or `=ALL-UNNAMED` on the class path; the demos' jars say so
/// themselves.
package dev.heddle.linux;
