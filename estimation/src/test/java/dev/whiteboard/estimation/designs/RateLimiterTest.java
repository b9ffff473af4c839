package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.estimation.Design;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {
  private static final Design DESIGN = RateLimiter.design();

  /**
   * gitgik/distributed-system-design 276fd27, designing_api_rate_limiter.md, which publishes 12 KB and 120 GB, 1.6 KB and 16
   * GB, and 92 % for the saving of 86.8 %.
   */
  @ParameterizedTest
  @CsvSource({
    "log-per-user, 12028",
    "log-memory, 1.2028e11",
    "counters-per-user, 1588",
    "counters-memory, 1.588e10",
    "counters-saving, 0.8679747256401729"
  })
  void plan_gitgik(String step, double exact) {
    assertEquals(exact, DESIGN.plan().step(step).value().value(), 1e-9 * exact);
  }

  @Test
  void tokenBucket_ofAnyLimit_isOneNumber() {
    Design generous = DESIGN.with("limit", "5000");
    assertEquals(120_028, generous.plan().step("log-per-user").value().value());
    assertEquals(36, generous.plan().step("bucket-per-user").value().value());
  }

  /** 10 M users x 400 a day x 3 at the peak, 3 ms each on 64 x 60 %: 11 gateways and a spare. */
  @Test
  void gateway_checksEveryRequest() {
    double checked = 10e6 * 400 / 86_400 * 3;
    assertEquals(
        checked, DESIGN.load("gateway").requests().orElseThrow().value().value(), 1e-9 * checked);
    assertEquals(12, DESIGN.load("gateway").servers());
    assertEquals("gateway", DESIGN.bottleneck().orElseThrow().component().id());
  }

  /** Of 138,889/s, 20 us each on one thread to 60 %. */
  @Test
  void buckets_leasedPermits_spareServers() {
    assertEquals(2 + 1, DESIGN.load("buckets").servers());
    assertEquals(5 + 1, DESIGN.with("leased", "0%").load("buckets").servers());
  }

  /** One in a hundred of 138,889/s. */
  @Test
  void refusals_areTheWrites() {
    double refused = 10e6 * 400 / 86_400 * 3 * 0.01;
    assertEquals(
        refused, DESIGN.load("log").requests().orElseThrow().value().value(), 1e-9 * refused);
    assertEquals(
        10e6 * 400 * 0.01 * 30 * 100 * 2,
        DESIGN.load("analysis").stored().orElseThrow().value().value(),
        1e3);
  }
}
