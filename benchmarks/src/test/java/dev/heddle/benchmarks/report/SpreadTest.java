package dev.heddle.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddleOfAnEvenNumber() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(new Spread(3, 1, 100));
  }

  @Test
  void leavesOutWhatIsNotANumber() {
    assertThat(Spread.of(List.of(Double.NaN, 5.0))).isEqualTo(new Spread(5, 5, 5));
    assertThat(Spread.of(List.of()).median()).isNaN();
  }

  @Test
  void pairsRatiosByRoundSoThatADisturbedRoundDisturbsNoRatio() {
    List<Double> values = List.of(11.0, 22.0, 110.0);
    List<Double> base = List.of(10.0, 20.0, 100.0);
    Spread ratio = Spread.ofRatios(values, base);
    assertThat(ratio.median()).isCloseTo(1.1, within(1e-9));
    assertThat(ratio.max() - ratio.min()).isCloseTo(0, within(1e-9));
  }

  @Test
  void leavesOutRoundsThatOnlyOneHas() {
    assertThat(Spread.ofRatios(List.of(2.0, 3.0), List.of(1.0))).isEqualTo(new Spread(2, 2, 2));
  }

  @Test
  void hasAWidthInPartsOfTheMedian() {
    assertThat(new Spread(100, 95, 110).width()).isCloseTo(0.15, within(1e-9));
  }
}
