package dev.whiteboard.ratelimit;

import static dev.whiteboard.ratelimit.TestThreads.onEightThreads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RetryBudgetTest {
  private final TestTicker ticker = new TestTicker();

  private RetryBudget budget(double share, int minPerSecond) {
    return RetryBudget.builder()
        .share(share)
        .minPerSecond(minPerSecond)
        .ticker(ticker)
        .build();
  }

  private static long drain(RetryBudget budget) {
    long taken = 0;
    while (budget.tryWithdraw()) {
      taken++;
    }
    return taken;
  }

  private static void deposit(RetryBudget budget, int requests) {
    for (int i = 0; i < requests; i++) {
      budget.deposit();
    }
  }

  @Test
  void tryWithdraw_fiveRequestsAtAFifth_allowOneRetry() {
    RetryBudget budget = budget(0.2, 0);
    deposit(budget, 4);
    assertFalse(budget.tryWithdraw());
    deposit(budget, 1);
    assertEquals(1, budget.available());
    assertTrue(budget.tryWithdraw());
    assertFalse(budget.tryWithdraw());
  }

  @Test
  void tryWithdraw_noRequests_allowsTheReserve() {
    assertEquals(30, drain(budget(0.2, 3)));
    assertEquals(0, drain(budget(0, 0)));
    assertEquals(100, drain(RetryBudget.builder().ticker(ticker).build()));
  }

  @Test
  void tryWithdraw_afterTheTtl_hasForgottenRequestsAndRetries() {
    RetryBudget budget = budget(1, 1);
    deposit(budget, 100);
    ticker.advance(Duration.ofSeconds(5));
    assertEquals(110, drain(budget));
    ticker.advance(Duration.ofSeconds(5));
    assertEquals(0, budget.available());
    ticker.advance(Duration.ofSeconds(5));
    assertEquals(10, drain(budget));
  }

  /** A server that fails altogether: each request would be retried three times, and sees a fifth more instead. */
  @Test
  void tryWithdraw_serverDown_addsItsShareOfTheLoad() {
    RetryBudget budget = budget(0.2, 0);
    int retries = 0;
    for (int i = 0; i < 100_000; i++, ticker.advance(Duration.ofMillis(1))) {
      budget.deposit();
      for (int attempt = 0; attempt < 3; attempt++) {
        retries += budget.tryWithdraw() ? 1 : 0;
      }
    }
    assertTrue(retries <= 20_000 && retries >= 19_000, "retries " + retries);
  }

  @Test
  void clock_goesBack_forgetsNothingAndGivesNothing() {
    RetryBudget budget = budget(0.5, 0);
    ticker.advance(Duration.ofMinutes(1));
    deposit(budget, 4);
    ticker.set(-1);
    assertEquals(2, drain(budget));
    ticker.set(Long.MIN_VALUE);
    assertEquals(0, budget.available());
    ticker.set(Long.MAX_VALUE);
    assertEquals(0, budget.available());
  }

  @Test
  void clock_wrapsAroundLongMaxValue_isElapsedTime() {
    ticker.set(Long.MAX_VALUE - 1);
    RetryBudget budget = budget(1, 0);
    deposit(budget, 3);
    ticker.advance(Duration.ofSeconds(9));
    assertEquals(3, budget.available());
    ticker.advance(Duration.ofSeconds(1));
    assertEquals(0, budget.available());
  }

  @Test
  void builder_badArguments_areNamed() {
    RetryBudget.Builder builder = RetryBudget.builder();
    assertRefused("share must be in [0, 10], was -0.1", () -> builder.share(-0.1));
    assertRefused("share must be in [0, 10], was 10.5", () -> builder.share(10.5));
    assertRefused("share must be in [0, 10], was NaN", () -> builder.share(Double.NaN));
    assertRefused("minPerSecond must be in [0, 1000000], was -1", () -> builder.minPerSecond(-1));
    assertRefused(
        "minPerSecond must be in [0, 1000000], was 1000001", () -> builder.minPerSecond(1_000_001));
    assertRefused(
        "ttl must be in [PT1S, PT1M], was PT0.999S", () -> builder.ttl(Duration.ofMillis(999)));
    assertRefused(
        "ttl must be in [PT1S, PT1M], was PT1M1S", () -> builder.ttl(Duration.ofSeconds(61)));
    assertNull("ttl", () -> builder.ttl(null));
    assertNull("ticker", () -> builder.ticker(null));
  }

  @Test
  void extremes_areExact() {
    RetryBudget most = RetryBudget.builder()
        .share(10)
        .minPerSecond(1_000_000)
        .ttl(Duration.ofMinutes(1))
        .ticker(ticker)
        .build();
    assertEquals(60_000_000, most.available());
    most.deposit();
    assertEquals(60_000_010, most.available());
  }

  @Test
  void tryWithdraw_eightThreads_takeExactlyTheBudget() throws Exception {
    RetryBudget budget = budget(0, 1000);
    assertEquals(10_000, onEightThreads(() -> drain(budget)));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
