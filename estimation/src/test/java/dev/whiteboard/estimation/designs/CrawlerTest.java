package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrawlerTest {
  private static final Design DESIGN = Crawler.design();

  /** donnemartin/system-design-primer ae9bbd7, solutions/system_design/web_crawler. */
  @ParameterizedTest
  @CsvSource({
    "new-data-per-month, 2e15",
    "raw-storage, 7.2e16",
    "write-rate, 1600",
    "read-rate, 40000"
  })
  void plan_systemDesignPrimer(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /**
   * gitgik/distributed-system-design 276fd27, designing_webcrawler.ipynb, which publishes 6,200 pages a second, 1.5 PB, and
   * 2.14 PB on disks 70 % full.
   */
  @ParameterizedTest
  @CsvSource({
    "write-rate, 6200.396825396825",
    "storage, 1.5075e15",
    "disk-space, 2.153571428571429e15"
  })
  void plan_gitgik(String step, double exact) {
    CapacityPlan plan = DESIGN
        .plan()
        .with("writes", "3.75bn/week")
        .with("retention", "4 weeks")
        .with("object", "100 KB")
        .with("metadata", "500 B")
        .with("replication", "1")
        .with("compression", "1");
    assertEquals(exact, plan.step(step).value().value(), 1e-9 * exact);
  }

  /** 1,600 pages/s x 1.2 in reserve x 3 copies; searches are no part of it. */
  @Test
  void pageStore_getsEachCopy() {
    assertEquals(5760, DESIGN.load("pages").requests().orElseThrow().value().value(), 1e-6);
  }

  /** 63 PB on servers of 600 TB, and on disks 70 % full. */
  @Test
  void pageStore_isTheBottleneck() {
    assertEquals(105, DESIGN.load("pages").servers());
    assertEquals(
        72e15 * 3 / Math.sqrt(4 * 6) / (105 * 600e12), DESIGN.load("pages").full(), 1e-9);
    assertEquals("pages", DESIGN.bottleneck().orElseThrow().component().id());
  }

  /** 1,920 pages/s of 1 s each, 1,000 x 60 % at a time: 4 fetchers and a spare. */
  @Test
  void fetcher_waitsForTheWeb() {
    assertEquals(5, DESIGN.load("fetcher").servers());
    assertEquals(1 + 32, DESIGN.with("fetch-time", "10 s").load("fetcher").servers());
  }

  /** 80,000/s x 60 % not cached x 7 shards + 3,840/s of postings, 2 ms each on 32 x 60 % threads. */
  @Test
  void index_isAskedOnceForEachShard() {
    assertEquals(7, DESIGN.plan().step("shards").value().value());
    assertEquals(339_840, DESIGN.load("index").requests().orElseThrow().value().value(), 1e-6);
    assertEquals(36 + 1, DESIGN.load("index").servers());
    assertEquals(13 + 1, DESIGN.with("result-hits", "80%").load("index").servers());
  }
}
