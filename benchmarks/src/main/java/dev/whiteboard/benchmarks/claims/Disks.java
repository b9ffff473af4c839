package dev.whiteboard.benchmarks.claims;

import java.util.random.RandomGenerator;

/**
 * Disks that hold one object in copies or shards, in simulated time. Each fails at random and comes back, filled again, after a
 * fixed time. Data is lost whenever a failure leaves {@code fatal} of them down; all go on as if nothing had happened, so that
 * losses can be counted.
 *
 * @param disks how many there are
 * @param fatal how many must be down at one time
 * @param failuresPerYear of one disk that works
 * @param repairYears how long a failed disk is down
 */
record Disks(int disks, int fatal, double failuresPerYear, double repairYears) {
  /**
   * The losses in a year. Each disk is down for the share u = 1 / (1 + 1 / (failures x repair)) of the time. One of n fails
   * while exactly f - 1 of the others are down: n C(n - 1, f - 1) u^(f - 1) (1 - u)^(n - f + 1) x failures a year.
   */
  double expectedLosses() {
    double down = 1 / (1 + 1 / (failuresPerYear * repairYears));
    double ways = disks;
    for (int i = 1; i < fatal; i++) {
      ways *= (double) (disks - i) / i;
    }
    return ways
        * failuresPerYear
        * Math.pow(down, fatal - 1)
        * Math.pow(1 - down, disks - fatal + 1);
  }

  /** Counts the losses in some years, per year. */
  double losses(int years, RandomGenerator random) {
    double[] failsAt = new double[disks];
    for (int disk = 0; disk < disks; disk++) {
      failsAt[disk] = random.nextExponential() / failuresPerYear;
    }
    double[] downUntil = new double[disks];
    int losses = 0;
    int failing = next(failsAt);
    for (double now = failsAt[failing]; now < years; now = failsAt[failing]) {
      downUntil[failing] = now + repairYears;
      failsAt[failing] = downUntil[failing] + random.nextExponential() / failuresPerYear;
      if (down(downUntil, now) == fatal) {
        losses++;
      }
      failing = next(failsAt);
    }
    return (double) losses / years;
  }

  private static int next(double[] failsAt) {
    int next = 0;
    for (int disk = 1; disk < failsAt.length; disk++) {
      if (failsAt[disk] < failsAt[next]) {
        next = disk;
      }
    }
    return next;
  }

  private static int down(double[] downUntil, double now) {
    int down = 0;
    for (double until : downUntil) {
      if (until > now) {
        down++;
      }
    }
    return down;
  }
}
