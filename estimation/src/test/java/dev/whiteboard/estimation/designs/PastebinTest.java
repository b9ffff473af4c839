package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastebinTest {
  private static final Design DESIGN = Pastebin.design();

  /** donnemartin/system-design-primer ae9bbd7, solutions/system_design/pastebin. */
  @ParameterizedTest
  @CsvSource({
    "record, 1271",
    "new-data-per-month, 1.271e10",
    "raw-storage, 4.5756e11",
    "objects, 360000000",
    "write-rate, 4",
    "read-rate, 40"
  })
  void plan_systemDesignPrimer(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** 40/s x 5 at the peak; the CDN leaves 1 - √(30 % x 60 %). */
  @Test
  void readApi_getsWhatTheCdnLeaves() {
    double left = 200 * (1 - Math.sqrt(0.3 * 0.6));
    assertEquals(left, DESIGN.load("read").requests().orElseThrow().value().value(), 1e-9 * left);
    assertEquals(
        200,
        DESIGN
            .with("cdn-share", "0%")
            .load("read")
            .requests()
            .orElseThrow()
            .value()
            .value());
  }

  /** 360 M rows of 271 B, with half as much for indexes, twice, on two servers of 500 GB. */
  @Test
  void database_isTheBottleneckByItsDisk() {
    assertEquals(
        2.9268e11, DESIGN.load("database").stored().orElseThrow().value().value(), 1);
    assertEquals(0.29268, DESIGN.load("database").full(), 1e-9);
    assertEquals("database", DESIGN.bottleneck().orElseThrow().component().id());
  }

  /** A copy more is a server more, however little there is to do. */
  @Test
  void stores_haveAServerForEachCopy() {
    assertEquals(2, DESIGN.load("texts").servers());
    assertEquals(3, DESIGN.with("replication", "3").load("texts").servers());
    assertEquals(3, DESIGN.with("replication", "3").load("database").servers());
  }

  /** 2 x 400/s written and 4,000/s x 57.6 % x 60 % read, 8 ms each on 4 x 60 % disks. */
  @Test
  void textStore_atTwentyTimesThePeak_needsNineServers() {
    assertEquals(8 + 1, DESIGN.with("peak-factor", "100").load("texts").servers());
  }

  @Test
  void links_oneInTenThousandIsTaken() {
    double taken = 360e6 / 3.52e12;
    assertEquals(taken, DESIGN.plan().step("links-taken").value().value(), 1e-9 * taken);
  }
}
