package dev.heddle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test that runs over every engine: its parameter is one of [TestBackends]. The tag has it run
/// again in the modules that bring an engine.
@Tag("every-backend")
@ParameterizedTest
@MethodSource("dev.heddle.TestBackends#values")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@SuppressWarnings("exports") // tests are read by tests, not required as a module
public @interface OverBackends {}
