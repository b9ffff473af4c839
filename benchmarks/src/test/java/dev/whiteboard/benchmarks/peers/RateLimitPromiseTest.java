package dev.whiteboard.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.ratelimit.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitPromiseTest {
  private static final long SECOND = 1_000_000_000;

  /** The limit that is wanted is 10 a second with a burst of 5. */
  @ParameterizedTest
  @CsvSource({
    "BUCKET,   0,          5",
    "BUCKET,   1000000000, 15",
    "EVEN,     1000000000, 11",
    "QUEUE,    1000000000, 15",
    "CREDIT,   1000000000, 20",
    "WINDOW,   999999999,  20",
    "WINDOW,   1000000000, 30",
    "ESTIMATE, 1000000000, 30",
    "LOG,      999999999,  10",
    "LOG,      1000000000, 20",
    "STRICT,   999999999,  10"
  })
  void most_isWhatTheKindPromises(Promise promise, long nanos, long permits) {
    Limit kept = promise.kept(Limit.perSecond(10).burst(5));
    assertEquals(permits, promise.most(kept, nanos).longValueExact());
  }

  @Test
  void fillNanos_isInWholePeriods() {
    assertEquals(SECOND, Promise.fillNanos(Limit.perSecond(10).burst(10)));
    assertEquals(2 * SECOND, Promise.fillNanos(Limit.perSecond(10).burst(11)));
  }

  @Test
  void bucket_takenPermit_arrivesAfterAnInterval() {
    LimiterModel model = Promise.BUCKET.model(Limit.of(7).per(Duration.ofSeconds(3)));
    model.grant(0, 7);
    assertFalse(model.owes(428_571_428, 1));
    assertTrue(model.owes(428_571_429, 1));
  }

  @Test
  void credit_isPaidBackFirst() {
    LimiterModel model = Promise.CREDIT.model(Limit.perSecond(10));
    assertTrue(model.owes(0, 10));
    model.grant(0, 10);
    assertFalse(model.owes(SECOND - 1, 1));
    assertTrue(model.owes(SECOND, 10));
  }

  @Test
  void window_startsAgain() {
    LimiterModel model = Promise.WINDOW.model(Limit.perSecond(10));
    model.grant(SECOND - 1, 10);
    assertFalse(model.owes(SECOND - 1, 1));
    assertTrue(model.owes(SECOND, 10));
    assertFalse(model.owes(SECOND, 11));
  }

  @Test
  void estimate_letsTheWindowBeforeGo() {
    LimiterModel model = Promise.ESTIMATE.model(Limit.perSecond(10));
    model.grant(0, 10);
    assertFalse(model.owes(SECOND, 1));
    assertTrue(model.owes(SECOND + SECOND / 2, 5));
    assertFalse(model.owes(SECOND + SECOND / 2, 6));
  }

  @Test
  void log_forgetsAfterAPeriod() {
    LimiterModel model = Promise.LOG.model(Limit.perSecond(10));
    model.grant(5, 4);
    model.grant(6, 6);
    assertFalse(model.owes(SECOND + 4, 1));
    assertTrue(model.owes(SECOND + 5, 4));
    assertFalse(model.owes(SECOND + 5, 5));
  }
}
