package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContestTextTest {
  private static final Conditions CONDITIONS = Example.comparison().conditions();

  private static Contest with(Entry... entries) {
    return new Contest(
        "echo", "tcp://127.0.0.1:{port}", "64 bytes", 64, "inline", 40_000, List.of(entries));
  }

  private static Entry failed(String name, String note) {
    return new Entry(name, "java", List.of(), null, List.of(note), true);
  }

  @Test
  void fitsATerminal() {
    List<String> lines = ContestText.of(Example.contest(), CONDITIONS);
    assertThat(lines).isNotEmpty().allMatch(line -> line.length() <= 80);
  }

  @Test
  void fitsATerminalWithLargeNumbersAndLongNotes() {
    Entry large = Example.entry("inline", 123_456, 98_765_432, Map.of(), null);
    Entry noted = failed("virtual", "ended with status 1: " + "some words ".repeat(30));
    List<String> lines = ContestText.of(with(large, noted), CONDITIONS);
    assertThat(lines).allMatch(line -> line.length() <= 80);
  }

  @Test
  void ranksByProcessorTimeAndThoseWithErrorsNotAtAll() {
    assertThat(Example.contest().ranking())
        .extracting(Entry::name)
        .containsExactly("inline", "selector carrier=loop", "virtual", "pool");
    assertThat(ContestText.of(Example.contest(), CONDITIONS))
        .contains("! pool: not ranked, as there were errors: 30 reset")
        .anyMatch(line -> line.matches(" +pool +490,196 .* - +- .*"));
  }

  @Test
  void showsRatiosToTheBase() {
    assertThat(ContestText.of(Example.contest(), CONDITIONS))
        .anyMatch(line -> line.matches(" +virtual +9\\.28 +9\\.10-9\\.46 +1\\.08 .*"));
  }

  @Test
  void showsNoRatiosToABaseThatFailed() {
    Entry virtual = Example.entry("virtual", 9, 90_000, Map.of(), null);
    assertThat(ContestText.of(with(virtual, failed("inline", "ended")), CONDITIONS))
        .contains("! inline: ended", "! no ratios: the base, inline, has no sound rounds");
  }

  @Test
  void countsStarvingAsAnError() {
    Sample starving = Example.sample(9, 90_000, Map.of(), 7, 1, 0.5);
    Entry entry =
        new Entry("inline", "java", List.of(new Round(starving, starving)), null, List.of(), false);
    assertThat(entry.sound()).isFalse();
    assertThat(Warnings.of(with(entry), CONDITIONS))
        .contains("inline: not ranked, as 7 connections waited over a second");
  }

  @Test
  void warnsWhenTheGeneratorIsTheLimit() {
    Sample bound = Example.sample(4, 200_000, Map.of(), 0, 0.7, 0.99);
    Entry entry =
        new Entry("inline", "java", List.of(new Round(bound, bound)), null, List.of(), false);
    assertThat(Warnings.of(with(entry), CONDITIONS))
        .containsExactly(
            "inline: its messages/s are the generator's limit (generator 99%, server 70% of a"
                + " core)");
  }

  @Test
  void warnsWhenTheServerAndTheGeneratorShareAProcessor() {
    Conditions shared = new Conditions(1, 1, 1, false, "both on 0", true, "");
    Entry entry = Example.entry("inline", 9, 90_000, Map.of(), null);
    assertThat(ContestText.of(with(entry), shared))
        .contains("! the server and the generator share processors: each slows the other down");
    assertThat(Warnings.of(with(entry), CONDITIONS)).isEmpty();
  }

  @Test
  void showsTheErrorsAndTheGeneratorsOwnProcessorTimeInTheTables() {
    assertThat(ContestText.of(Example.contest(), CONDITIONS))
        .anyMatch(line -> line.matches(" +pool +490,196 .* 0\\.02 +30"))
        .anyMatch(line -> line.matches(" +virtual +9\\.28 .* 4\\.20"));
  }

  @Test
  void warnsWhenRoundsDisagree() {
    Sample slow = Example.sample(9, 80_000, Map.of(), 0, 1, 0.5);
    Sample fast = Example.sample(9, 100_000, Map.of(), 0, 1, 0.5);
    List<Round> rounds = List.of(new Round(slow, slow), new Round(fast, fast));
    Entry entry = new Entry("inline", "java", rounds, null, List.of(), false);
    assertThat(Warnings.of(with(entry), CONDITIONS))
        .containsExactly("inline: its rounds are 22% apart");
  }

  @Test
  void shortensNumbersToThreeDigits() {
    assertThat(List.of(0.123, 9.994, 9.996, 99.96, 999.6, 123_456.0, 1e7))
        .extracting(Numbers::brief)
        .containsExactly("0.12", "9.99", "10.0", "100", "1.00k", "123k", "10.0M");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("-");
    assertThat(Numbers.plain(0.3)).isEqualTo("0.3");
    assertThat(Numbers.plain(10)).isEqualTo("10");
  }
}
