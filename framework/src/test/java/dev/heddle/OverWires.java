package dev.heddle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A test that runs over everything that a connection may stand on: its parameter is one of
/// [Wires]. The tag has it run again in the modules that bring an engine.
@Tag("every-backend")
@ParameterizedTest
@MethodSource("dev.heddle.Wires#values")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface OverWires {}
