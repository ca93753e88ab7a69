package dev.heddle.demo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.Server;
import dev.heddle.launcher.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/// What is in the executable jar.
class JarIT {
  @Test
  void theManifestNamesTheProgramAndOpensWhatTheBackendsWant() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Main-Class")).isEqualTo(EchoDemo.class.getName());
      assertThat(manifest.getValue("Add-Opens").split(" "))
          .containsExactly("java.base/java.lang", "java.base/sun.nio.ch");
      assertThat(manifest.getValue("Implementation-Version")).matches("\\d+\\.\\d+.*");
    }
  }

  @Test
  void allBackendsAreInIt() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      String services = read(jar, "META-INF/services/dev.heddle.Backend");
      assertThat(services.lines()).hasSize(Server.backends().size()).doesNotHaveDuplicates();
      assertThat(services.lines())
          .allSatisfy(
              name -> assertThat(jar.getEntry(name.replace('.', '/') + ".class")).isNotNull());
    }
  }

  @Test
  void itBringsTheLogger() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      assertThat(read(jar, "META-INF/services/java.lang.System$LoggerFinder"))
          .isEqualToIgnoringNewLines("dev.heddle.launcher.console.ConsoleLoggerFinder");
    }
  }

  @Test
  void noModuleDescriptorOfAPartSpeaksForTheWhole() throws IOException {
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      assertThat(jar.stream().map(Object::toString))
          .noneMatch(n -> n.endsWith("module-info.class"));
    }
  }

  private static String read(JarFile jar, String entry) throws IOException {
    return new String(
        jar.getInputStream(jar.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
  }
}
