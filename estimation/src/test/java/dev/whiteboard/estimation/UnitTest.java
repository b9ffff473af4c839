package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  private static final CapacityPlan PLAN = CapacityPlan.builder("units")
      .assume("writes", "10/s")
      .assume("reads-per-write", "1")
      .assume("object", "1 KB")
      .assume("retention", "2 years")
      .assume("users", "50M", "who write")
      .assume("messages", "40/day", "of one user")
      .assume("wage", "$90k/year", "of an engineer")
      .assume("rise", "$1k/month", "of that wage")
      .assume("more", "60/min", "of anything")
      .assume("line", "10 Gbit/s", "of a server")
      .assume("check", "20 ms", "of a request")
      .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "users × messages | 2000000000 | 1/day",
        "messages × retention | 29200 | items",
        "retention × messages | 29200 | items",
        "users × messages × object | 2e12 | B/day",
        "writes × retention × object | 6.3072e11 | B",
        "object ÷ line | 8e-7 | s",
        "line ÷ object | 1250000 | 1/s",
        "line × 1 day | 1.08e14 | B",
        "writes × check | 0.2 | items",
        "1 ÷ check | 50 | 1/s",
        "wage × retention | 180000 | USD",
        "wage + rise | 102000 | USD/year",
        "storage × storage-price | 12.6144 | USD/month",
        "egress-price × object | 1e-7 | USD",
        "server-price ÷ writes | 2.3148148148148e-6 | USD",
        "retention + 6 months | 2.5 | year",
        "writes + more | 11 | 1/s",
        "object × object | 1000000 | B^2",
        "object ÷ object | 1 | items"
      })
  void compute_unitsMultiplyAndCancel(String formula, double value, String unit) {
    Step step = PLAN.compute("x", formula);
    assertEquals(value, step.value().value(), 1e-12 * value);
    assertEquals(unit, step.unit().symbol());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object + writes | cannot add object in B and writes in 1/s",
        "object - 1 | cannot add object in B and 1 in items",
        "retention + line | cannot add retention in year and line in B/s",
        "ceil(object) | ceil takes plain numbers, but object is in B",
        "distinct(writes, 5, 1) | distinct takes plain numbers, but writes is in 1/s",
        "5 parsecs × writes | cannot read \"5 parsecs\": expected a number, a share, a rate, a size, a time, a bandwidth or a price"
      })
  void compute_unlikeUnits_areRefused(String formula, String message) {
    assertEquals(
        "step \"x\": " + message,
        assertThrows(IllegalArgumentException.class, () -> PLAN.compute("x", formula))
            .getMessage());
  }

  @Test
  void compute_inAUnitOfTime_showsTheConversion() {
    Step perSecond = PLAN.compute("x", "users × messages", "/s");
    assertEquals("users × messages ÷ seconds-per-day", perSecond.formula());
    assertEquals("50M × 40/day ÷ 86.4k s/day", perSecond.substitution());
    assertEquals(2e9 / 86_400, perSecond.value().value(), 1e-9);
    Step perMonth = PLAN.compute("x", "wage", "/month");
    assertEquals("wage ÷ 12 months/year", perMonth.formula());
    assertEquals("$7.5k/month", perMonth.format());
    Step hours = PLAN.compute("x", "check × users ÷ 1 h");
    assertEquals(1e6 / 3600, hours.value().value(), 1e-9);
  }

  @Test
  void compute_inAnotherKindOfUnit_isRefused() {
    assertEquals(
        "step \"x\": must be in B/s, but is in 1/day",
        assertThrows(
                IllegalArgumentException.class, () -> PLAN.compute("x", "users × messages", "B/s"))
            .getMessage());
    assertEquals(
        "step \"x\": must be in 1/s, but is in B",
        assertThrows(IllegalArgumentException.class, () -> PLAN.compute("x", "object", "/s"))
            .getMessage());
    assertEquals(
        "cannot read \"1 KB/s\" as a unit: expected B or items at index 2",
        assertThrows(IllegalArgumentException.class, () -> PLAN.compute("x", "object", "KB/s"))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object | 1 KB",
        "writes | 10/s",
        "retention | 2 years",
        "check | 20 ms",
        "check ÷ 10k | 2 us",
        "line | 1.25 GB/s",
        "storage-price | $0.02/GB/month",
        "egress-price | $0.1/GB",
        "wage | $90k/year",
        "object × object | 1M B^2"
      })
  void format_isForPeople(String formula, String text) {
    assertEquals(text, PLAN.compute("x", formula).format());
  }

  @Test
  void constructor_namesWithoutPowers_areRefused() {
    assertEquals(
        "money and currency must go together",
        assertThrows(IllegalArgumentException.class, () -> new Unit(0, 1, null, 0, null))
            .getMessage());
    assertEquals(
        "time and calendar must go together",
        assertThrows(
                IllegalArgumentException.class, () -> new Unit(0, 0, null, 0, CalendarUnit.DAY))
            .getMessage());
  }

  @Test
  void compute_twoCurrencies_areNotMixed() {
    CapacityPlan plan = CapacityPlan.builder("trade")
        .assume("writes", "1/s")
        .assume("reads-per-write", "1")
        .assume("object", "1 B")
        .assume("retention", "1 day")
        .assume("euros", "€5", "")
        .assume("dollars", "$5", "")
        .build();
    assertEquals(
        "step \"x\": cannot mix EUR and USD",
        assertThrows(IllegalArgumentException.class, () -> plan.compute("x", "euros ÷ dollars"))
            .getMessage());
    assertEquals(
        "step \"x\": cannot add euros in EUR and dollars in USD",
        assertThrows(IllegalArgumentException.class, () -> plan.compute("x", "euros + dollars"))
            .getMessage());
  }
}
