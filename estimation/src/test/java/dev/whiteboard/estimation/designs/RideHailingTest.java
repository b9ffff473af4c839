package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.CapacityPlan;
import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RideHailingTest {
  private static final Design DESIGN = RideHailing.design();

  /** gitgik/distributed-system-design 276fd27, designing_uber_backend.md. */
  @ParameterizedTest
  @CsvSource({
    "location-table, 35e6",
    "location-burst, 9.5e6",
    "location-ingress, 3166666.6666666665",
    "subscriptions, 21.5e6",
    "broadcast, 47.5e6"
  })
  void plan_gitgik(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  /** karanpratapsingh/system-design a5c0c1a, Uber, which publishes 1.4 PB for 1.46 and 5 MB/s for 4.63. */
  @ParameterizedTest
  @CsvSource({
    "writes, 1e9",
    "write-rate, 11574.074074074075",
    "data-per-day, 4e11",
    "raw-storage, 1.46e15",
    "ingress, 4629629.62962963"
  })
  void plan_karanpratapsingh(String step, double exact) {
    CapacityPlan plan = DESIGN.plan().with("riders", "100M");
    assertEquals(exact, plan.step(step).value().value(), 1e-9 * exact);
  }

  /** Half a million drivers every 3 s, 2.5 M riders each second, and 9,259/s looks at the map. */
  @Test
  void gateway_mostlyPushes() {
    double messages = 500_000 / 3.0 + 2_500_000 + 5e6 * 10 / 86_400 * 4 * 4;
    assertEquals(
        messages, DESIGN.load("gateway").requests().orElseThrow().value().value(), 1e-9 * messages);
    assertEquals("gateway", DESIGN.bottleneck().orElseThrow().component().id());
  }

  /** 2.68 M/s or 1.01 M/s, 30 us each on 16 x 60 %. */
  @Test
  void gateway_pushingOnlyWhatIsReported_needsHalfTheServers() {
    assertEquals(9 + 1, DESIGN.load("gateway").servers());
    Design calm = DESIGN.with("push-every", "3 s");
    assertEquals(4 + 1, calm.load("gateway").servers());
    assertEquals("dispatch", calm.bottleneck().orElseThrow().component().id());
  }

  /** 50 M actions a day of 400 B, in three copies: a year in the database, ten in the archive. */
  @Test
  void rides_ofAYear_areInTheDatabase() {
    assertEquals(21.9e12, DESIGN.load("rides").stored().orElseThrow().value().value(), 1e3);
    assertEquals(219e12, DESIGN.load("archive").stored().orElseThrow().value().value(), 1e4);
  }

  /** Nine cells for each look of the 9,259/s and each of the 231/s rides, and every report. */
  @Test
  void locations_areAskedByCell() {
    double rides = 5e6 * 10 / 86_400 * 4 * 0.1;
    double asked = 500_000 / 3.0 + 9 * (rides * 10 * 4 + rides);
    assertEquals(
        asked, DESIGN.load("locations").requests().orElseThrow().value().value(), 1e-9 * asked);
  }
}
