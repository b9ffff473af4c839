package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class TailLatencyProperties {
  @Property
  void serverAndFanOutAreInverse(
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 0.9) double slow,
      @ForAll @IntRange(min = 1, max = 1_000_000_000) int fanOut) {
    double server = TailLatency.slowShareOfServer(slow, fanOut);
    assertEquals(1, TailLatency.slowShareOfFanOut(server, fanOut) / slow, 1e-12);
  }

  @Property
  void allAnswersAreAFanOutAndFewerAreFaster(
      @ForAll @Scale(6) @DoubleRange(min = 1e-6, max = 0.999) double slow,
      @ForAll @IntRange(min = 2, max = 100) int asked,
      @ForAll @IntRange(min = 2, max = 100) int count) {
    assertEquals(
        TailLatency.slowShareOfFanOut(slow, asked),
        TailLatency.slowShareOfFirst(slow, asked, asked),
        1e-12);
    int needed = Math.min(count, asked);
    double share = TailLatency.slowShareOfFirst(slow, needed, asked);
    assertTrue(TailLatency.slowShareOfFirst(slow, needed - 1, asked) <= share);
    assertTrue(TailLatency.slowShareOfFirst(slow, needed, asked + 1) <= share);
  }

  @Property
  void hedgingHelpsAndASoonerHedgeHelpsMore(
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 5) double delay,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 20) double time) {
    DoubleUnaryOperator heavy = t -> Math.pow(1 + t, -1.5);
    double alone = heavy.applyAsDouble(time);
    double later = TailLatency.hedged(heavy, delay + 1).applyAsDouble(time);
    double sooner = TailLatency.hedged(heavy, delay).applyAsDouble(time);
    assertTrue(sooner <= later && later <= alone);
    assertTrue(sooner >= alone * alone);
  }

  @Property
  void percentileIsTheInverse(
      @ForAll @Scale(9) @DoubleRange(min = 1e-9, max = 1) double slow,
      @ForAll @Scale(6) @DoubleRange(min = 0.001, max = 1000) double unit) {
    DoubleUnaryOperator heavy = t -> Math.pow(1 + t / unit, -1.5);
    double time = TailLatency.timeExceededBy(heavy, slow);
    assertTrue(heavy.applyAsDouble(time) <= slow);
    assertTrue(time == 0 || heavy.applyAsDouble(time * (1 - 1e-9)) > slow * (1 - 1e-12));
  }
}
