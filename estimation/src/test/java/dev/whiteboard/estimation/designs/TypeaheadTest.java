package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeaheadTest {
  private static final Design DESIGN = Typeahead.design();

  /** A. Xu, System Design Interview, chapter 14, as noted in preslavmihaylov/booknotes e82ff15. */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 1157.4074074074074",
    "read-rate, 23148.148148148146",
    "peak-read-rate, 46296.29629629629",
    "new-data-per-day, 4e8"
  })
  void plan_xu(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** learn.ikshitij.com/01-classics/search-autocomplete: 460,000 calls a second, phrases of 3 GB. */
  @Test
  void plan_ikshitij() {
    CapacityPlan plan = DESIGN
        .plan()
        .with("users", "100M")
        .with("searches", "50/day")
        .with("characters", "8")
        .with("phrases", "100M")
        .with("object", "30 B");
    assertEquals(462962.962962963, plan.step("read-rate").value().value(), 1e-3);
    assertEquals(3e9, plan.compute("phrases", "phrases × object").value().value(), 1);
  }

  /** 46,296/s, of which the CDN leaves 1 - √(30 % x 60 %); 2 ms each on 16 x 60 %. */
  @Test
  void suggest_getsWhatTheCdnLeaves() {
    double left = 46296.29629629629 * (1 - Math.sqrt(0.3 * 0.6));
    assertEquals(left, DESIGN.load("suggest").requests().orElseThrow().value().value(), 1e-6);
    assertEquals(6 + 1, DESIGN.load("suggest").servers());
    assertEquals("suggest", DESIGN.bottleneck().orElseThrow().component().id());
  }

  /** 100 M phrases of 20 B with 5 nodes of 16 + 10 x 5 B: 35 GB, which is in memory three times. */
  @Test
  void index_isWholeOnEachServer() {
    Design exact = DESIGN.with("phrases", "100M").with("nodes", "5");
    assertEquals(105e9, exact.load("index").stored().orElseThrow().value().value(), 1e3);
    assertEquals(3, exact.load("index").servers());
  }

  /** 1.05 TB on servers of 128 GB, and two that may fail. */
  @Test
  void index_ofTenTimesThePhrases_mustBeSharded() {
    Design large = DESIGN.with("phrases", "1bn").with("nodes", "5");
    assertEquals(9 + 2, large.load("index").servers());
  }

  /** New queries are different ones by definition; of the others a window has fewer. */
  @Test
  void counts_getAWindowsDifferentQueries() {
    double searches = 2314.814814814815;
    double updates = DESIGN.load("counts").requests().orElseThrow().value().value();
    assertEquals(0.7 * searches, updates, 0.03 * searches);
    assertEquals(
        searches,
        DESIGN
            .with("new", "100%")
            .load("counts")
            .requests()
            .orElseThrow()
            .value()
            .value(),
        1e-6);
  }
}
