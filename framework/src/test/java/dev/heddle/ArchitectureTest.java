package dev.heddle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The arrows of the design: who may know whom inside the module.
class ArchitectureTest {
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    URI server = URI.create(Server.class.getResource("Server.class").toString());
    classes = new ClassFileImporter().importPath(Path.of(server).resolve("../../..").normalize());
    assertThat(classes.contain(Server.class)).isTrue();
    assertThat(classes.contain(ArchitectureTest.class)).as("only what is shipped").isFalse();
  }

  private static void hold(ArchRule rule) {
    rule.allowEmptyShould(true).check(classes);
  }

  @Test
  void theCoreKnowsNoProtocolAndNoEngine() {
    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.heddle")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.heddle..").and(resideInAnyPackage("dev.heddle.*.."))));
  }

  @Test
  void nobodyButAnEngineKnowsEngines() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.heddle.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.heddle.backend.."));
  }

  @Test
  void enginesKnowTheCoreAndWhatTheyShare() {
    hold(
        classes()
            .that()
            .resideInAPackage("dev.heddle.backend..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "dev.heddle", "dev.heddle.backend..", "java..", "jdk.net", "org.jspecify.."));
    hold(
        noClasses()
            .that()
            .resideInAPackage("dev.heddle.backend")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.heddle.backend.*.."));
  }

  @Test
  void enginesDoNotKnowEachOther() {
    slices().matching("dev.heddle.backend.(*)..").should().notDependOnEachOther().check(classes);
  }

  @Test
  void protocolsAreLayered() {
    String http = "dev.heddle.http..";
    String ws = "dev.heddle.ws..";
    String tls = "dev.heddle.tls..";
    String metrics = "dev.heddle.metrics..";
    String proxy = "dev.heddle.proxy..";
    hold(noClassesOf(http, ws, tls, metrics));
    hold(noClassesOf(ws, tls, metrics));
    hold(noClassesOf(tls, http, ws, metrics));
    hold(noClassesOf(proxy, http, ws, tls, metrics));
    hold(noClassesOf(http, proxy));
    hold(noClassesOf(tls, proxy));
  }

  private static ArchRule noClassesOf(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.heddle.(**)").should().beFreeOfCycles().check(classes);
  }

  /// Where a class is looked up by name, the JDK's internals may be what is looked for.
  @Test
  void onlyOneClassReflectsOnInternals() {
    hold(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.heddle.backend.JdkInternals")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.reflect.AccessibleObject")
            .orShould()
            .callMethod(java.lang.reflect.Constructor.class, "setAccessible", boolean.class)
            .orShould()
            .callMethod(java.lang.reflect.Method.class, "setAccessible", boolean.class)
            .orShould()
            .callMethod(java.lang.reflect.Field.class, "setAccessible", boolean.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("sun..", "jdk.internal.."));
  }

  @Test
  void noEngineIsPublicApi() {
    Module module = Server.class.getModule();
    assertThat(module.getDescriptor().exports())
        .filteredOn(exports -> exports.source().startsWith("dev.heddle.backend"))
        .allMatch(exports -> exports.targets().equals(Set.of("dev.heddle.backend.helidon")));
    assertThat(module.getDescriptor().opens()).isEmpty();
  }
}
