package dev.heddle.launcher;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which Heddle on which JDK.
///
/// @param heddle as the manifest's Implementation-Version has it, or the module's descriptor
/// @param jdk as the JDK names itself
record Version(String heddle, String jdk) {

  static Version current() {
    return new Version(heddle(Version.class), System.getProperty("java.version"));
  }

  /// As it is printed by `--version`.
  String banner() {
    return "heddle %s, JDK %s".formatted(heddle, jdk);
  }

  private static String heddle(Class<?> any) {
    @Nullable String fromManifest = any.getPackage().getImplementationVersion();
    if (fromManifest != null) {
      return fromManifest;
    }
    return Optional.ofNullable(any.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("(unpackaged)");
  }
}
