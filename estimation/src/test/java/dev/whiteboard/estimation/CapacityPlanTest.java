package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityPlanTest {
  private static final CapacityPlan PLAN = CapacityPlan.builder("notes")
      .assume("writes", "86400/day")
      .assume("reads-per-write", "10")
      .assume("object", "900 B")
      .assume("metadata", "100 B")
      .assume("retention", "10 days")
      .build();

  @ParameterizedTest
  @CsvSource({
    "record, 1000",
    "write-rate, 1",
    "peak-write-rate, 2",
    "read-rate, 10",
    "peak-read-rate, 20",
    "reads-per-day, 864000",
    "new-data-per-month, 2592000000",
    "objects, 864000",
    "raw-storage, 864000000",
    "storage, 864000000",
    "ingress, 1000",
    "egress, 10000",
    "origin-egress, 10000",
    "cache-memory-by-rule, 172800000"
  })
  void step_roundNumbers_isByHand(String step, double expected) {
    assertEquals(Estimate.exactly(expected), PLAN.step(step).value());
  }

  @Test
  void step_storage_takesCopiesIndexesAndCompression() {
    CapacityPlan changed =
        PLAN.with("replication", "3").with("index-overhead", "50%").with("compression", "2");
    assertEquals(864e6 * 3 * 1.5 / 2, changed.step("storage").value().value());
    assertEquals(864e6, changed.step("raw-storage").value().value());
  }

  @Test
  void step_originEgress_isWhatTheCdnLeaves() {
    assertEquals(
        2500, PLAN.with("cdn-share", "75%").step("origin-egress").value().value());
    assertEquals(0, PLAN.with("cdn-share", "100%").step("origin-egress").value().value());
  }

  @Test
  void step_response_replacesTheRecordInWhatIsReadAndCached() {
    CapacityPlan changed = PLAN.with("response", "200 B");
    assertEquals(2000, changed.step("egress").value().value());
    assertEquals(1000, changed.step("ingress").value().value());
    assertEquals(34_560_000, changed.step("cache-memory-by-rule").value().value(), 1e-6);
    assertEquals("record", PLAN.step("response").formula());
    assertTrue(assertThrows(IllegalArgumentException.class, () -> changed.step("response"))
        .getMessage()
        .startsWith("unknown step \"response\""));
  }

  @Test
  void step_cache_isSizedByLruAndZipf() {
    Zipf zipf = Zipf.of(864_000, 0.9);
    assertEquals(
        LruHitRatio.itemsForHitRatio(zipf, 0.8),
        PLAN.step("cache-objects").value().value());
    assertEquals(
        zipf.distinctKeys(864_000), PLAN.step("distinct-reads-per-day").value().value());
    assertEquals(
        1000 * LruHitRatio.itemsForHitRatio(zipf, 0.8),
        PLAN.step("cache-memory").value().value());
  }

  @Test
  void step_formulaAndSubstitution_showTheWorking() {
    Step objects = PublishedPlans.linkShortener().step("objects");
    assertEquals("writes × 12 months/year × retention", objects.formula());
    assertEquals("500M/month × 12 months/year × 5 years", objects.substitution());
    assertEquals("30bn", objects.format());
    assertEquals("items", objects.unit().symbol());
    Step rate = PublishedPlans.pastebin().step("write-rate");
    assertEquals("writes ÷ seconds-per-month", rate.formula());
    assertEquals("10M/month ÷ 2.5M s/month", rate.substitution());
    assertEquals("4/s", rate.format());
  }

  @ParameterizedTest
  @CsvSource({
    "1/s, 1, 86400, 2592000",
    "60/min, 1, 86400, 2592000",
    "3600/h, 1, 86400, 2592000",
    "86400/day, 1, 86400, 2592000",
    "604800/week, 1, 86400, 2592000",
    "2592000/month, 1, 86400, 2592000",
    "31536000/year, 1, 86400, 2628000"
  })
  void with_writesInAnyPeriod_givesRates(
      String writes, double perSecond, double perDay, double perMonth) {
    CapacityPlan plan = PLAN.with("writes", writes);
    assertEquals(perSecond, plan.step("write-rate").value().value(), 1e-12);
    assertEquals(10 * perDay, plan.step("reads-per-day").value().value(), 1e-6);
    assertEquals(1000 * perMonth, plan.step("new-data-per-month").value().value(), 1e-3);
  }

  @Test
  void with_secondsPerDay_changesRatesButNotDaysInAMonth() {
    CapacityPlan rough = PLAN.with("seconds-per-day", "1e5");
    assertEquals(0.864, rough.step("write-rate").value().value(), 1e-15);
    assertEquals(PLAN.step("new-data-per-month"), rough.step("new-data-per-month"));
  }

  @Test
  void with_oneAssumption_leavesTheFirstPlanAlone() {
    CapacityPlan doubled = PLAN.with("writes", "172800/day");
    assertEquals(1.728e9, doubled.step("storage").value().value());
    assertEquals(8.64e8, PLAN.step("storage").value().value());
    assertEquals("notes", doubled.name());
  }

  @Test
  void assumptions_listDefaultsAndUnits() {
    List<Assumption> assumptions = PLAN.assumptions();
    assertEquals(
        new Assumption(
            "writes", "new objects in a period", "86400/day", Estimate.exactly(86400), "1/day"),
        assumptions.get(0));
    assertEquals(22, assumptions.size());
    assertEquals(23, PLAN.with("response", "1 KB").assumptions().size());
    assertEquals(
        List.of("1/day", "1", "1", "B", "B", "day", "1", "1", "1", "1", "1", "1", "1", "1/s", "1"),
        assumptions.stream().map(Assumption::unit).limit(15).toList());
    assertEquals(
        List.of("USD/month", "USD/B/month", "USD/B/month", "USD/B", "USD/B", "1", "1"),
        assumptions.stream().map(Assumption::unit).skip(15).toList());
  }

  @Nested
  class WhenItHasStepsOfItsOwn {
    private final CapacityPlan chat = CapacityPlan.builder("chat")
        .step("per-user", "objects ÷ users")
        .step("writes", "users × messages")
        .assume("users", "50M", "who write on a day")
        .assume("messages", "20/day..80/day", "of one user")
        .assume("reads-per-write", "1")
        .assume("object", "100 B")
        .assume("retention", "10 years")
        .build();

    @Test
    void step_ofAnAssumption_computesIt() {
      assertEquals(2e9, chat.step("writes").value().value(), 1);
      assertEquals("1/day", chat.step("writes").unit().symbol());
      assertEquals(2e9 * 3650 * 100, chat.step("storage").value().value(), 1e6);
      assertEquals("writes × 365 days/year × retention", chat.step("objects").formula());
    }

    @Test
    void step_order_isThatOfUseWhateverWasSaidFirst() {
      List<String> names = chat.steps().stream().map(Step::name).toList();
      assertTrue(names.indexOf("writes") < names.indexOf("write-rate"));
      assertTrue(names.indexOf("objects") < names.indexOf("per-user"));
      assertEquals(40 * 3650, chat.step("per-user").value().value(), 1e-6);
    }

    @Test
    void step_doubt_comesFromItsAssumptions() {
      assertEquals(
          List.of(new Step.Sensitivity("messages", 1)), chat.step("storage").sensitivities());
      assertEquals(
          2,
          chat.step("per-user").value().high() / chat.step("per-user").value().value(),
          1e-9);
    }

    @Test
    void with_theComputedAssumption_putsANumberInItsPlace() {
      CapacityPlan told = chat.with("writes", "1M/day");
      assertEquals(1e6 * 3650, told.step("objects").value().value(), 1);
      assertThrows(UnknownNameException.class, () -> told.step("writes"));
    }

    @Test
    void with_anOwnAssumption_keepsItsKind() {
      assertEquals(4e9, chat.with("users", "100M").step("writes").value().value(), 1);
      assertEquals(
          "users must be a number such as 100 or 1.2k or an interval low..high, was \"5 GB\": cannot read \"5 GB\" as a"
              + " count: expected nothing, k, M, bn, tn or % at index 2",
          messageOf(() -> chat.with("users", "5 GB")));
    }

    @Test
    void assumptions_ownOnesComeLast() {
      List<Assumption> all = chat.assumptions();
      assertEquals("messages", all.get(all.size() - 1).name());
      assertEquals("of one user", all.get(all.size() - 1).meaning());
      assertEquals("reads-per-write", all.get(0).name());
    }

    @Test
    void step_circle_isNamed() {
      CapacityPlan.Builder circle = CapacityPlan.builder("circle")
          .assume("reads-per-write", "1")
          .assume("object", "1 B")
          .assume("retention", "1 day")
          .step("writes", "more ÷ 2")
          .step("more", "write-rate × 2");
      assertEquals(
          "steps use each other in a circle: write-rate → writes → more → write-rate",
          messageOf(circle::build));
    }

    @Test
    void step_failure_isToldByTheStepThatFails() {
      CapacityPlan.Builder builder = CapacityPlan.builder("bad")
          .assume("writes", "1/s")
          .assume("reads-per-write", "1")
          .assume("object", "1 B")
          .assume("retention", "1 day")
          .step("total", "half × 2")
          .step("half", "object + writes");
      assertEquals(
          "step \"half\": cannot add object in B and writes in 1/s", messageOf(builder::build));
    }

    @Test
    void names_taken_areRefused() {
      CapacityPlan.Builder builder =
          CapacityPlan.builder("chat").assume("users", "1", "").assume("writes", "1/s");
      assertEquals(
          "the plan has \"users\" already", messageOf(() -> builder.assume("users", "2", "")));
      assertEquals("the plan has \"users\" already", messageOf(() -> builder.step("users", "1")));
      assertEquals("the plan has \"writes\" already", messageOf(() -> builder.step("writes", "1")));
      assertEquals("the plan has \"skew\" already", messageOf(() -> builder.step("skew", "1")));
      assertEquals(
          "the plan has \"storage\" already", messageOf(() -> builder.step("storage", "1")));
      assertEquals(
          "the plan has \"object\" already", messageOf(() -> builder.assume("object", "1 B", "")));
      assertEquals(
          "a name must be letters, digits and hyphens with a letter first, was \"a b\"",
          messageOf(() -> builder.step("a b", "1")));
    }

    @Test
    void assume_ofNoKind_isRefused() {
      assertEquals(
          "cannot read \"many\": expected a number, a share, a rate, a size, a time, a bandwidth or a price",
          messageOf(() -> CapacityPlan.builder("x").assume("users", "many", "")));
    }

    private String messageOf(Runnable call) {
      return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
  }

  @Nested
  class ServersAndCost {
    /** Peak: 2 writes and 20 reads a second; a server of 10/s is to be 55 % busy. */
    @Test
    void servers_areRoundedUp() {
      CapacityPlan plan = PLAN.with("requests-per-server", "10/s").with("utilisation", "55%");
      assertEquals(Estimate.exactly(22), plan.step("peak-request-rate").value());
      assertEquals(Estimate.exactly(4), plan.step("servers").value());
      assertEquals(5, plan.with("utilisation", "54.9%").step("servers").value().value());
      assertEquals(3, plan.with("cdn-share", "50%").step("servers").value().value()); // 12 ÷ 5.5
    }

    @Test
    void cost_isByHand() {
      assertEquals("$60/month", PLAN.step("server-cost").format());
      assertEquals(0.864 * 0.02, PLAN.step("storage-cost").value().value(), 1e-12);
      // 10 KB/s for a month of 30 days, at $0.1/GB
      assertEquals(25.92 * 0.1, PLAN.step("traffic-cost").value().value(), 1e-9);
      CapacityPlan cached = PLAN.with("cdn-share", "50%");
      assertEquals(25.92 * 0.075, cached.step("traffic-cost").value().value(), 1e-9);
      double memory = PLAN.step("cache-memory").value().value() / 1e9 * 2;
      assertEquals(memory, PLAN.step("memory-cost").value().value(), 1e-9);
      assertEquals(60 + memory + 0.01728 + 2.592, PLAN.step("cost").value().value(), 1e-9);
    }

    @Test
    void prices_inAnotherPeriodAndCurrency_followThrough() {
      CapacityPlan euros = PLAN.with(Map.of(
          "server-price", "€365/year",
          "memory-price", "€12/GB/year",
          "storage-price", "€0/GB/month",
          "egress-price", "€0/GB",
          "cdn-price", "€0/GB"));
      assertEquals(365 / 12.0, euros.step("server-cost").value().value(), 1e-9);
      assertEquals("EUR/month", euros.step("cost").unit().symbol());
      assertEquals(
          "step \"cost\": cannot add server-cost in EUR/month and memory-cost in USD/month",
          assertThrows(IllegalArgumentException.class, () -> PLAN.with("server-price", "€60/month"))
              .getMessage());
    }

    @Test
    void noUtilisation_isRefused() {
      assertEquals(
          "utilisation must be > 0, was 0",
          assertThrows(IllegalArgumentException.class, () -> PLAN.with("utilisation", "0%"))
              .getMessage());
    }
  }

  @Nested
  class WhenInputIsBad {
    @Test
    void unknownAssumption_suggestsTheNearestAndListsAll() {
      String message = messageOf(() -> PLAN.with("write", "1/s"));
      assertEquals(
          "unknown assumption \"write\": did you mean \"writes\"? Valid: writes, reads-per-write, peak-factor, object,"
              + " metadata, response, retention, replication, index-overhead, compression, cdn-share, hot-share, skew,"
              + " hit-target, requests-per-server, utilisation, server-price, memory-price, storage-price, egress-price,"
              + " cdn-price, seconds-per-day, seconds-per-month",
          message);
      assertTrue(
          messageOf(() -> PLAN.with("replicas", "1")).contains("did you mean \"replication\"?"));
    }

    @Test
    void unknownStep_suggestsTheNearest() {
      assertTrue(
          messageOf(() -> PLAN.step("storrage"))
              .startsWith(
                  "unknown step \"storrage\": did you mean \"storage\"? Valid: record, response, write-rate, "));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "writes | 5 KB | a rate such as 500M/month | \"5 KB\" as a rate: expected nothing, k, M, bn, tn or % at index 2",
          "object | 500 | a size such as 500 B or 1.5 MiB | \"500\" as a size: expected a unit such as B, KB, MiB, Mb or Gbit at index 3",
          "retention | 5 | a time such as 5 years or 36 months | \"5\" as a time span: expected us, ms, s, min, h, day, week, month or year at index 1",
          "skew | high | a number such as 100 or 1.2k | \"high\" as a count: expected a number >= 0 at index 0",
          "hot-share | 20 B | a share such as 20% | \"20 B\" as a count: expected nothing, k, M, bn, tn or % at index 3"
        })
    void wrongUnit_saysWhatWouldBeRight(
        String assumption, String text, String right, String cause) {
      assertEquals(
          assumption + " must be " + right + " or an interval low..high, was \"" + text
              + "\": cannot read " + cause,
          messageOf(() -> PLAN.with(assumption, text)));
    }

    @Test
    void badInterval_saysWhy() {
      String prefix = "writes must be a rate such as 500M/month or an interval low..high, was ";
      assertEquals(
          prefix + "\"2/s..1/s\": low must be <= high, was 2.0 > 1.0",
          messageOf(() -> PLAN.with("writes", "2/s..1/s")));
      assertEquals(
          prefix + "\"0/s..1/s\": low must be finite and > 0, was 0.0",
          messageOf(() -> PLAN.with("writes", "0/s..1/s")));
      assertEquals(
          prefix + "\"1/s..1/day\": both ends must have the same unit, were 1/s and 1/day",
          messageOf(() -> PLAN.with("writes", "1/s..1/day")));
      assertEquals(
          "cdn-share must end below 100% when it is an interval",
          messageOf(() -> PLAN.with("cdn-share", "50%..100%")));
    }

    @Test
    void valueOutOfRange_namesTheRange() {
      assertEquals(
          "peak-factor must be >= 1, was 0.5", messageOf(() -> PLAN.with("peak-factor", "0.5")));
      assertEquals(
          "compression must be >= 1, was 0.5", messageOf(() -> PLAN.with("compression", "0.5..2")));
      assertEquals(
          "hot-share must be in [0%, 100%], was 120%",
          messageOf(() -> PLAN.with("hot-share", "50%..120%")));
      assertEquals("skew must be in [0, 10], was 11", messageOf(() -> PLAN.with("skew", "11")));
      assertEquals(
          "seconds-per-day must be >= 1, was 0",
          messageOf(() -> PLAN.with("seconds-per-day", "0")));
    }

    @Test
    void missingAssumptions_areNamed() {
      CapacityPlan.Builder builder = CapacityPlan.builder("empty").assume("writes", "1/s");
      assertEquals(
          "assumptions missing: reads-per-write, object, retention",
          assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void refusedAssumption_leavesTheBuilderAsItWas() {
      CapacityPlan.Builder builder = CapacityPlan.builder("notes")
          .assume("writes", "1/s")
          .assume("reads-per-write", "1")
          .assume("object", "1 B")
          .assume("retention", "1 day");
      assertThrows(IllegalArgumentException.class, () -> builder.assume("writes", "none"));
      assertEquals(1, builder.build().step("write-rate").value().value());
    }

    @Test
    void nulls_areNamed() {
      assertEquals(
          "name",
          assertThrows(NullPointerException.class, () -> CapacityPlan.builder(null))
              .getMessage());
      assertEquals(
          "assumption",
          assertThrows(NullPointerException.class, () -> PLAN.with(null, "1")).getMessage());
      assertEquals(
          "text",
          assertThrows(NullPointerException.class, () -> PLAN.with("skew", null))
              .getMessage());
      assertEquals(
          "step",
          assertThrows(NullPointerException.class, () -> PLAN.step(null)).getMessage());
    }

    private String messageOf(Runnable call) {
      return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
  }

  @Nested
  class WhenNumbersAreExtreme {
    @Test
    void nothingWritten_isAllZero() {
      CapacityPlan idle = PLAN.with("writes", "0/day");
      assertEquals(Estimate.exactly(0), idle.step("storage").value());
      assertEquals(Estimate.exactly(0), idle.step("cache-memory").value());
      assertEquals(
          Estimate.exactly(0), idle.with("object", "1 KB..2 KB").step("storage").value());
      assertEquals(List.of(), idle.warnings());
    }

    @Test
    void nothingRead_hasNoCacheToWarnOf() {
      CapacityPlan silent = PLAN.with("reads-per-write", "0");
      assertEquals(Estimate.exactly(0), silent.step("egress").value());
      assertEquals(List.of(), silent.warnings());
    }

    @Test
    void lessThanOneObject_isCachedAsOne() {
      assertEquals(
          1,
          PLAN.with("writes", "1e-9/day")
              .with("hit-target", "100%")
              .step("cache-objects")
              .value()
              .value());
    }

    @Test
    void tenToTheThirty_isStillAPlan() {
      CapacityPlan vast = PLAN.with("writes", "1e30/day");
      assertEquals(1e34, vast.step("storage").value().value(), 1e22);
      double cached = vast.step("cache-objects").value().value();
      assertTrue(cached > 0 && cached < 1e31);
    }

    @Test
    void beyondADouble_namesTheStep() {
      CapacityPlan large = PLAN.with("object", "1e300 B");
      assertEquals(
          "new-data-per-month is beyond the range of a double",
          assertThrows(ArithmeticException.class, () -> large.with("writes", "1e9/day"))
              .getMessage());
    }
  }

  @Nested
  class WhenAssumptionsAreUncertain {
    private final CapacityPlan plan = PLAN.with("writes", "43200/day..172800/day")
        .with("object", "450 B..1800 B")
        .with("metadata", "0 B");

    @Test
    void product_interval_isTheClosedForm() {
      Estimate factor = Estimate.between(0.5, 2);
      Estimate expected = Estimate.exactly(864_000 * 900.0).times(factor).times(factor);
      Estimate storage = plan.step("storage").value();
      assertEquals(expected.value(), storage.value(), 1e-9 * expected.value());
      assertEquals(expected.low(), storage.low(), 1e-9 * expected.low());
      assertEquals(expected.high(), storage.high(), 1e-9 * expected.high());
    }

    @Test
    void sensitivities_equalFactors_shareTheVariance() {
      List<Step.Sensitivity> shares = plan.step("storage").sensitivities();
      assertEquals(2, shares.size());
      assertEquals(0.5, shares.get(0).share(), 1e-9);
      assertEquals(
          List.of(),
          plan.step("record").sensitivities().stream()
              .filter(it -> it.assumption().equals("writes"))
              .toList());
      assertEquals(
          List.of(new Step.Sensitivity("writes", 1)), plan.step("write-rate").sensitivities());
      assertEquals(List.of(), PLAN.step("storage").sensitivities());
    }

    @Test
    void assumption_multipliedAndDividedBy_cancelsOut() {
      Step step =
          plan.with("writes", "1k/day..7k/day").compute("x", "writes × object ÷ writes ÷ 3");
      assertEquals(
          List.of("object"),
          step.sensitivities().stream().map(Step.Sensitivity::assumption).toList());
      assertTrue(plan.compute("x", "writes × 3 ÷ writes").value().isExact());
    }

    @Test
    void sensitivities_widerAssumption_comesFirst() {
      List<Step.Sensitivity> shares =
          plan.with("replication", "1..64").step("storage").sensitivities();
      assertEquals("replication", shares.get(0).assumption());
      assertEquals(
          9 / 11.0, shares.get(0).share(), 1e-9); // ln 8 against twice ln 2: 9 parts of 9 + 1 + 1
    }

    @Test
    void record_twoUncertainSizes_isTheSampledSum() {
      Estimate record = plan.with("metadata", "45 B..18 KB").step("record").value();
      Estimate sampled = Estimate.between(450, 1800).plus(Estimate.between(45, 18000));
      assertEquals(sampled.value(), record.value());
      assertEquals(sampled.low(), record.low(), 1e-9 * sampled.low());
      assertEquals(sampled.high(), record.high(), 1e-9 * sampled.high());
    }

    @Test
    void divisor_compression_widensTheOtherWay() {
      Estimate storage = PLAN.with("compression", "1..4").step("storage").value();
      assertEquals(864e6 / 4, storage.low(), 1e-3);
      assertEquals(864e6 / 2, storage.value(), 1e-3);
      assertEquals(864e6, storage.high(), 1e-3);
    }

    /** All reads of one day over ten days of objects: more writes mean more reads of more objects, in proportion. */
    @Test
    void distinctReads_writesOnBothSides_moveTogether() {
      Estimate distinct = PLAN.with("writes", "43200/day..172800/day")
          .step("distinct-reads-per-day")
          .value();
      assertEquals(
          PLAN.with("writes", "43200/day")
              .step("distinct-reads-per-day")
              .value()
              .value(),
          distinct.low(),
          1e-6);
      assertEquals(
          PLAN.with("writes", "172800/day")
              .step("distinct-reads-per-day")
              .value()
              .value(),
          distinct.high(),
          1e-6);
    }
  }

  @Nested
  class Warnings {
    @Test
    void repeatRequests_areToldApartFromObjects() {
      assertEquals(
          "cache-memory-by-rule counts repeat requests: 1.67bn reads in a day touch 820M distinct objects, 1 for each 2.03"
              + " reads",
          PublishedPlans.linkShortener().warnings().get(0));
    }

    @Test
    void fewRepeats_areNotMentioned() {
      CapacityPlan archive =
          PLAN.with("reads-per-write", "0.01").with("skew", "0").with("hit-target", "0%");
      assertEquals(List.of(), archive.warnings());
    }

    @Test
    void cacheLargerThanADayOfReads_isMentioned() {
      assertTrue(mentions(
          PublishedPlans.pastebin(),
          "cache-memory holds 45.3 times the distinct objects read in a day"));
      assertFalse(mentions(PLAN.with("hit-target", "10%"), "cache-memory holds"));
    }

    @Test
    void roundedCalendar_isMentionedIfUsed() {
      assertTrue(mentions(
          PLAN.with("seconds-per-day", "1e5"),
          "seconds-per-day is 100k: 15.7 % longer than 86,400 s"));
      CapacityPlan monthly = PLAN.with("writes", "1M/month").with("seconds-per-month", "2.5M");
      assertTrue(mentions(monthly, "seconds-per-month is 2.5M: 3.5 % short of 30 days"));
      assertFalse(mentions(PLAN, "seconds-per"));
    }

    @Test
    void noPeakFactor_isMentioned() {
      assertTrue(mentions(
          PLAN.with("peak-factor", "1"), "peak-factor is 1: the average is used as the peak"));
      assertFalse(mentions(PLAN, "peak-factor"));
    }

    @Test
    void sizeInBits_isMentioned() {
      assertTrue(mentions(
          PLAN.with("object", "8 Mb"),
          "object is stated in bits: 8 Mb is 1 MB; write B if bytes are meant"));
      assertTrue(
          mentions(PLAN.with("response", "1 kbit"), "response is stated in bits: 1 kbit is 125 B"));
      assertFalse(mentions(PLAN.with("object", "8 bytes"), "bits"));
    }

    @Test
    void prefixesOfBothKinds_areMentioned() {
      CapacityPlan mixed = PLAN.with("object", "1 KiB").with("metadata", "1 KB");
      assertTrue(mentions(
          mixed, "prefixes are mixed: object is 1 KiB, of 1,024, and metadata is 1 KB, of 1,000"));
      assertFalse(mentions(PLAN.with("object", "1 KiB").with("metadata", "2 MiB"), "prefixes"));
      assertFalse(mentions(PLAN.with("object", "1 KB").with("metadata", "2 Mbit"), "prefixes"));
    }

    private boolean mentions(CapacityPlan plan, String text) {
      return plan.warnings().stream().anyMatch(warning -> warning.contains(text));
    }
  }

  @Test
  void toMarkdown_exactPlan_showsResultAndWorking() {
    String page = PublishedPlans.pastebin().toMarkdown();
    assertTrue(
        page.startsWith("# pastebin\n\n## Assumptions\n\n| assumption | value | meaning |\n"),
        page);
    assertTrue(page.contains("| metadata | 271 B | columns stored beside the payload |\n"), page);
    assertTrue(page.contains("| step | result | formula | with numbers |\n"), page);
    assertTrue(
        page.contains("| raw-storage | 458 GB | objects × record | 360M × 1.27 KB |\n"), page);
    assertTrue(page.contains("\n## Warnings\n\n- cache-memory-by-rule counts"), page);
  }

  @Test
  void toMarkdown_uncertainPlan_showsIntervalsAndSensitivity() {
    String page = PLAN.with("writes", "43200/day..172800/day")
        .with("reads-per-write", "5..20")
        .toMarkdown();
    assertTrue(
        page.contains(
            "| read-rate | 10/s | 3.75/s – 26.7/s | write-rate × reads-per-write | 1/s × 10 |"),
        page);
    assertTrue(page.contains("writes 50 %"), page);
    assertTrue(
        page.contains("| record | 1 KB | exact | object + metadata | 900 B + 100 B |  |\n"), page);
  }

  @Test
  void toMarkdown_nothingToDoubt_hasNoWarnings() {
    CapacityPlan archive =
        PLAN.with("reads-per-write", "0.01").with("skew", "0").with("hit-target", "0%");
    assertFalse(archive.toMarkdown().contains("Warnings"));
  }
}
