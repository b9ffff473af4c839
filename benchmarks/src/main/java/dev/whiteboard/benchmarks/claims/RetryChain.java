package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.ratelimit.RetryBudget;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Tiers that each try the next one some times; the last one calls a server that fails at random.
 *
 * @param tiers how many
 * @param attempts how often each tier tries at most, the first time included
 * @param share with budgets: how many retries each tier may make for each request that it gets
 */
record RetryChain(int tiers, int attempts, double share) {
  double most() {
    return Math.pow(attempts, tiers);
  }

  /** The mean of a number of trials up to {@link #most}, of which the first success is the last. */
  double mean(double failing) {
    return failing == 1 ? most() : (1 - Math.pow(failing, most())) / (1 - failing);
  }

  /** Four standard deviations, from E N^2 = sum (2 j - 1) P(N >= j). */
  double tolerance(double failing, int requests) {
    double square = IntStream.rangeClosed(1, (int) most())
        .mapToDouble(j -> (2 * j - 1) * Math.pow(failing, j - 1))
        .sum();
    return 4 * Math.sqrt((square - Math.pow(mean(failing), 2)) / requests);
  }

  /** Each tier sends on what it gets, and its share of that in whole retries. */
  double mostWithBudgets(int requests) {
    long calls = requests;
    for (int tier = 0; tier < tiers; tier++) {
      calls += calls * Math.round(share * 1e6) / 1_000_000;
    }
    return (double) calls / requests;
  }

  /** Calls of the server for each request, in a run. */
  double calls(double failing, int requests, boolean budgets) {
    RandomGenerator random = Settings.random(22);
    int[] calls = new int[1];
    BooleanSupplier callee = () -> {
      calls[0]++;
      return random.nextDouble() >= failing;
    };
    for (int tier = 0; tier < tiers; tier++) {
      callee = budgets ? withBudget(callee) : withoutBudget(callee);
    }
    for (int request = 0; request < requests; request++) {
      boolean unused = callee.getAsBoolean();
    }
    return (double) calls[0] / requests;
  }

  private BooleanSupplier withoutBudget(BooleanSupplier callee) {
    return () -> tryUntil(callee, () -> true);
  }

  private BooleanSupplier withBudget(BooleanSupplier callee) {
    RetryBudget budget = RetryBudget.builder()
        .share(share)
        .minPerSecond(0)
        .ticker(new ManualTicker())
        .build();
    return () -> {
      budget.deposit();
      return tryUntil(callee, budget::tryWithdraw);
    };
  }

  private boolean tryUntil(BooleanSupplier callee, BooleanSupplier mayRetry) {
    for (int attempt = 1; ; attempt++) {
      if (callee.getAsBoolean()) {
        return true;
      }
      if (attempt == attempts || !mayRetry.getAsBoolean()) {
        return false;
      }
    }
  }
}
