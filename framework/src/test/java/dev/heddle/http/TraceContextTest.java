package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// W3C Trace Context, with the cases of its own test suite.
class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String VALID = "00-" + TRACE + "-" + PARENT + "-01";

  private static Request request(String... fields) {
    return Request.of("GET", "/", Headers.of(fields), new byte[0]);
  }

  private static TraceContext parse(String... fields) {
    return request(fields).traceContext();
  }

  @Test
  void aRequestSaysWhereItStands() {
    assertThat(parse("traceparent", VALID, "tracestate", "a=1,b=2"))
        .isEqualTo(new TraceContext(TRACE, PARENT, TraceContext.SAMPLED, "a=1,b=2"));
    assertThat(parse()).isNull();
    assertThat(parse("tracestate", "a=1")).isNull();
  }

  static List<String> malformedParents() {
    return List.of(
        "",
        "00",
        TRACE,
        VALID.substring(1),
        VALID + "-00",
        VALID + ".",
        "0" + VALID,
        VALID.substring(0, 54),
        VALID.replaceFirst("00", "ff"),
        VALID.replaceFirst("00", "0g"),
        VALID.replaceFirst("00", "FE"),
        VALID.replace('-', '_'),
        VALID.replace(TRACE, TRACE.toUpperCase(Locale.ROOT)),
        VALID.replace(TRACE, "0".repeat(32)),
        VALID.replace(PARENT, "0".repeat(16)),
        VALID.replace(PARENT, "B7AD6B7169203331"),
        VALID.replace(TRACE, TRACE.replace('a', '.')),
        VALID.replace(TRACE, TRACE.substring(1)),
        VALID.replace(PARENT, PARENT + "0"),
        VALID.replaceFirst("-01$", "-0"),
        VALID.replaceFirst("-01$", "-0G"),
        "01" + VALID.substring(2) + "what",
        "01" + VALID.substring(2) + "0-a");
  }

  @ParameterizedTest
  @MethodSource("malformedParents")
  void aMalformedParentCountsAsNone(String parent) {
    assertThat(parse("traceparent", parent, "tracestate", "a=1")).isNull();
  }

  @Test
  void twoParentsCountAsNone() {
    assertThat(parse("traceparent", VALID, "traceparent", VALID)).isNull();
    assertThat(parse("traceparent", VALID, "Traceparent", VALID)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "-what the future brings"})
  void laterVersionsAreReadAsFarAsThisOneGoes(String more) {
    TraceContext context = parse("traceparent", "cc" + VALID.substring(2) + more);
    assertThat(context.traceparent()).isEqualTo(VALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "01", "02", "03", "09", "ff"})
  void flagsThatNobodyKnowsAreNotPassedOn(String flags) {
    int sent = Integer.parseInt(flags, 16);
    TraceContext context = parse("traceparent", VALID.replaceFirst("01$", flags));
    assertThat(context.flags()).isEqualTo(sent & 3);
    assertThat(context.isSampled()).isEqualTo((sent & 1) == 1);
    assertThat(context.traceparent()).endsWith("-0" + (sent & 3));
  }

  static Stream<String> validStates() {
    return Stream.of(
        "",
        "a=1",
        "a=1 ,\tb=2",
        ",,a=1,",
        "a/b*c-d_e0=!#$ +~",
        "0tenant@system=x",
        "k" + "1".repeat(255) + "=" + "v".repeat(256),
        "t" + "1".repeat(240) + "@s" + "1".repeat(13) + "=v",
        members(32));
  }

  private static String members(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));
  }

  @ParameterizedTest
  @MethodSource("validStates")
  void aStateIsPassedOnAsItCame(String state) {
    assertThat(parse("traceparent", VALID, "tracestate", state).state()).isEqualTo(state);
  }

  static Stream<String> malformedStates() {
    return Stream.of(
        "a",
        "=1",
        "a=",
        "A=1",
        "0=1",
        "a=1=2",
        "a =1",
        "a=1,a=2",
        "a@=1",
        "@a=1",
        "a@b@c=1",
        "a@0=1",
        "k" + "1".repeat(256) + "=v",
        "k=" + "v".repeat(257),
        "t" + "1".repeat(241) + "@s=v",
        "t@s" + "1".repeat(14) + "=v",
        members(33));
  }

  @ParameterizedTest
  @MethodSource("malformedStates")
  void aMalformedStateIsDroppedAndTheParentKept(String state) {
    TraceContext context = parse("traceparent", VALID, "tracestate", state);
    assertThat(context.traceparent()).isEqualTo(VALID);
    assertThat(context.state()).isEmpty();
  }

  @Test
  void aStateInSeveralFieldsIsOne() {
    assertThat(parse("traceparent", VALID, "tracestate", "a=1", "tracestate", "b=2").state())
        .isEqualTo("a=1,b=2");
    assertThat(parse("traceparent", VALID, "tracestate", "a=1", "tracestate", "a=2").state())
        .isEmpty();
  }

  @Test
  void theFilterContinuesTheTraceOfTheCaller() throws Exception {
    AtomicReference<Request> seen = new AtomicReference<>();
    HttpHandler handler =
        Tracing.of(
            request -> {
              seen.set(request);
              return Response.text("");
            });
    Response response = handler.handle(request("traceparent", VALID, "tracestate", "a=1"));
    TraceContext ours = seen.get().traceContext();
    assertThat(ours.traceId()).isEqualTo(TRACE);
    assertThat(ours.parentId()).isNotEqualTo(PARENT);
    assertThat(ours.isSampled()).isTrue();
    assertThat(ours.state()).isEqualTo("a=1");
    assertThat(seen.get().headers().all("tracestate")).containsExactly("a=1");
    assertThat(response.headers().get("traceresponse")).isEqualTo(ours.traceparent());
  }

  @Test
  void theFilterStartsATraceWhereThereIsNone() throws Exception {
    List<TraceContext> seen = new ArrayList<>();
    HttpHandler handler =
        Tracing.of(
            request -> {
              seen.add(request.traceContext());
              return Response.text("");
            });
    handler.handle(request("traceparent", "nonsense", "tracestate", "a=1"));
    handler.handle(request());
    assertThat(seen).doesNotContainNull().doesNotHaveDuplicates();
    assertThat(seen.getFirst().isSampled()).isFalse();
    assertThat(seen.getFirst().state()).isEmpty();
    assertThat(parse("traceparent", seen.getFirst().traceparent())).isEqualTo(seen.getFirst());
  }

  @Test
  void aJsonAccessLogCarriesTheTrace() throws Exception {
    List<String> lines = new ArrayList<>();
    HttpHandler log = AccessLog.of(_ -> Response.text(""), AccessLog.Format.JSON, lines::add);
    log.handle(request("traceparent", VALID));
    log.handle(request("traceparent", "\"nonsense"));
    assertThat(lines.getFirst()).contains(",\"trace\":\"" + TRACE + "\",");
    assertThat(lines.getLast()).doesNotContain("trace");
  }

  @Test
  void whatIsNoContextCannotBeMade() {
    assertThatThrownBy(() -> new TraceContext("x", PARENT, 0, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceContext(TRACE, "0".repeat(16), 0, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceContext(TRACE, PARENT, 4, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceContext(TRACE, PARENT, 0, "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
