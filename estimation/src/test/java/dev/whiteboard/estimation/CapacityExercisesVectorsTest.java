package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published exercises, with the value that follows exactly from their inputs; where the published value differs by more than
 * rounding, a comment says so. Decimal units, months of 30 days, years of 365 days and 12 months.
 */
class CapacityExercisesVectorsTest {
  private static final CapacityPlan SHORTENER = PublishedPlans.linkShortener();

  /** donnemartin/system-design-primer, solutions/system_design/pastebin. */
  @ParameterizedTest
  @CsvSource({
    "record, 1271",
    "new-data-per-month, 1.271e10",
    "storage, 4.5756e11",
    "objects, 360000000",
    "write-rate, 4",
    "read-rate, 40"
  })
  void systemDesignPrimer_pastebin(String step, double exact) {
    assertStep(exact, PublishedPlans.pastebin(), step);
  }

  /** Grokking the System Design Interview, as noted in Jeevan-kumar-Raj/Grokking-System-Design, designs/short-url.md. */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 192.9012345679",
    "read-rate, 19290.12345679",
    "objects, 3e10",
    "storage, 1.5e13",
    "ingress, 96450.61728395",
    "egress, 9645061.728395",
    "reads-per-day, 1666666666.667",
    "cache-memory-by-rule, 1.666666666667e11"
  })
  void grokking_shortener(String step, double exact) {
    assertStep(exact, SHORTENER, step);
  }

  /** karanpratapsingh/system-design, URL shortener. */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 38.58024691358",
    "read-rate, 3858.024691358",
    "ingress, 19290.12345679",
    "egress, 1929012.345679",
    "objects, 1.2e10",
    "storage, 6e12",
    "reads-per-day, 333333333.3333",
    "cache-memory-by-rule, 3.333333333333e10"
  })
  void karanpratapsingh_shortener(String step, double exact) {
    assertStep(exact, SHORTENER.with("writes", "100M/month").with("retention", "10 years"), step);
  }

  /**
   * A. Xu, System Design Interview, chapter 9, as noted in preslavmihaylov/booknotes. The notes of
   * liquidslr/system-design-notes publish 365 TB for the same storage: ten years are counted twice.
   */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 1157.407407407",
    "read-rate, 11574.07407407",
    "objects, 3.65e11",
    "storage, 3.65e13"
  })
  void xu_shortener(String step, double exact) {
    CapacityPlan plan =
        SHORTENER.with("writes", "100M/day").with("reads-per-write", "10").with("object", "100 B");
    assertStep(exact, plan.with("retention", "3650 days"), step);
    assertStep(exact, plan.with("retention", "10 years"), step);
  }

  /** getsdeready.com/?p=18391, which publishes 4,000 reads a second for the average of 386. */
  @ParameterizedTest
  @CsvSource({"objects, 1.2e10", "storage, 7.2e12", "read-rate, 385.8024691358"})
  void getSdeReady_shortener(String step, double exact) {
    assertStep(exact, getSdeReady(), step);
  }

  /** The same text: 20 % of all links at 100 B is 240 GB, but its records have 600 B; and 4,000 reads a second of 500 B. */
  @Test
  void getSdeReady_cacheAndEgress() {
    Count hot = Count.of(getSdeReady().step("objects").value().value()).times(0.2);
    assertEquals(2.4e11, DataSize.parse("100 B").times(hot.value()).bytes(), 1);
    assertEquals(1.44e12, DataSize.parse("600 B").times(hot.value()).bytes(), 1);

    double egress = SHORTENER.with("writes", "40/s").step("egress").value().value();
    Bandwidth bandwidth = DataSize.ofBytes(egress).per(CalendarUnit.SECOND);
    assertEquals(DataSize.parse("172.8 GB"), bandwidth.over(TimeSpan.parse("1 day")));
    assertEquals(DataSize.parse("5.184 TB"), bandwidth.over(TimeSpan.parse("1 month")));
  }

  private static CapacityPlan getSdeReady() {
    return SHORTENER
        .with("writes", "100M/month")
        .with("reads-per-write", "10")
        .with("object", "600 B")
        .with("retention", "10 years");
  }

  private static void assertStep(double exact, CapacityPlan plan, String step) {
    Estimate value = plan.step(step).value();
    assertEquals(exact, value.value(), 1e-9 * exact);
    assertEquals(Estimate.exactly(value.value()), value);
  }
}
