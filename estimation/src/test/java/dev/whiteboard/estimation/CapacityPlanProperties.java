package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.designs.Designs;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CapacityPlanProperties {
  @Provide
  Arbitrary<CapacityPlan> plans() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 1_000_000_000),
            Arbitraries.of(CalendarUnit.class),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.integers().between(1, 100_000_000),
            Arbitraries.integers().between(1, 100),
            Arbitraries.of(CalendarUnit.class),
            Arbitraries.integers().between(0, 20))
        .as((writes, period, reads, bytes, retention, unit, tenthsOfSkew) -> CapacityPlan.builder(
                "any")
            .assume("writes", Rate.of(writes, period).toString())
            .assume("reads-per-write", Count.of(reads).toString())
            .assume("object", DataSize.ofBytes(bytes).toString())
            .assume("retention", TimeSpan.of(retention, unit).toString())
            .assume("skew", Count.of(tenthsOfSkew / 10.0).toString())
            .build());
  }

  @Property(tries = 30)
  void doubleTheWritesIsDoubleEverythingButTheRecord(@ForAll @From("plans") CapacityPlan plan) {
    Rate writes = Rate.parse(plan.assumptions().get(0).text());
    CapacityPlan doubled = plan.with("writes", writes.times(2).toString());
    for (String step : new String[] {
      "write-rate", "peak-read-rate", "reads-per-day", "objects", "storage", "egress"
    }) {
      assertEquals(2 * value(plan, step), value(doubled, step), 1e-12 * value(doubled, step), step);
    }
    assertEquals(plan.step("record"), doubled.step("record"));
  }

  @Property(tries = 30)
  void longerRetentionNeedsMore(
      @ForAll @From("plans") CapacityPlan plan, @ForAll @IntRange(min = 2, max = 50) int times) {
    Assumption retention = plan.assumptions().stream()
        .filter(it -> it.name().equals("retention"))
        .findAny()
        .orElseThrow();
    TimeSpan span = TimeSpan.parse(retention.text());
    CapacityPlan longer =
        plan.with("retention", TimeSpan.of(times * span.amount(), span.unit()).toString());
    assertEquals(
        times * value(plan, "storage"), value(longer, "storage"), 1e-12 * value(longer, "storage"));
    assertTrue(value(longer, "cache-objects") >= value(plan, "cache-objects") * (1 - 1e-9));
    assertTrue(value(longer, "distinct-reads-per-day")
        >= value(plan, "distinct-reads-per-day") * (1 - 1e-5));
    assertEquals(plan.step("read-rate"), longer.step("read-rate"));
  }

  @Property(tries = 30)
  void distinctReadsAreAtMostReadsAndObjects(@ForAll @From("plans") CapacityPlan plan) {
    double distinct = value(plan, "distinct-reads-per-day");
    assertTrue(distinct <= value(plan, "reads-per-day") * (1 + 1e-6));
    assertTrue(distinct <= Math.max(1, value(plan, "objects") + 0.5));
    assertTrue(value(plan, "cache-objects") <= Math.max(1, value(plan, "objects") + 0.5));
  }

  @Property(tries = 20)
  void intervalsHoldTheMedianAndSharesAddToOne(@ForAll @From("plans") CapacityPlan plan) {
    CapacityPlan uncertain = plan.with("reads-per-write", "2..30")
        .with("object", "1 KB..9 KB")
        .with("metadata", "1 KB..4 KB")
        .with("cdn-share", "10%..99%")
        .with("compression", "1..3");
    for (Step step : uncertain.steps()) {
      Estimate value = step.value();
      assertTrue(value.low() <= value.value() && value.value() <= value.high(), step.name());
      double shares =
          step.sensitivities().stream().mapToDouble(Step.Sensitivity::share).sum();
      assertEquals(value.isExact() ? 0 : 1, shares, 1e-9, step.name());
    }
  }

  /** An assumption that lowers a sum (a larger share of a CDN) once had its low end scaled as if it raised it. */
  @Test
  void sumWhoseIntervalIsAlmostOneSided_hasAnInterval() {
    CapacityPlan plan = CapacityPlan.builder("any")
        .assume("writes", "139.289k/h")
        .assume("reads-per-write", "1")
        .assume("object", "1 B")
        .assume("retention", "1 second")
        .assume("skew", "0")
        .build();
    intervalsHoldTheMedianAndSharesAddToOne(plan);
  }

  /**
   * Storage drawn 100,000 times from its assumptions. The record's sum is fitted, so the interval may hold 1 point less or
   * more on either side; sampling adds 0.07 points.
   */
  @Test
  void intervalHoldsNineDrawsInTen() {
    CapacityPlan plan = Designs.named("image-service")
        .plan()
        .with("metadata", "20 KB..500 KB")
        .with("compression", "1..3");
    Estimate storage = plan.step("storage").value();
    Random random = new Random(11);
    double[] draws = new double[100_000];
    Arrays.setAll(
        draws,
        i -> draw(8e5, 1.25e6, random)
            * 365
            * 5
            * (draw(1e5, 4e5, random) + draw(2e4, 5e5, random))
            * 2
            / draw(1, 3, random));
    assertEquals(0.05, Arrays.stream(draws).filter(it -> it < storage.low()).count() / 1e5, 0.012);
    assertEquals(0.05, Arrays.stream(draws).filter(it -> it > storage.high()).count() / 1e5, 0.012);
    assertEquals(0.5, Arrays.stream(draws).filter(it -> it > storage.value()).count() / 1e5, 0.03);
  }

  private static double draw(double low, double high, Random random) {
    return Math.sqrt(low * high)
        * Math.pow(high / low, random.nextGaussian() / 2 / 1.6448536269514722);
  }

  private static double value(CapacityPlan plan, String step) {
    return plan.step(step).value().value();
  }
}
