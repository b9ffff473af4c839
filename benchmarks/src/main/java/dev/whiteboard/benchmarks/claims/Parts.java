package dev.whiteboard.benchmarks.claims;

import java.util.random.RandomGenerator;

/**
 * Parts that are all down for the same share of the time, and for a share of that because of a cause that strikes all at once.
 *
 * @param down the share of the time, below 1
 * @param commonShare how much of it they have in common, 0 if they are independent
 */
record Parts(double down, double commonShare) {
  private double common() {
    return commonShare * down;
  }

  /** How often a part is down by itself while the common cause does not strike. */
  private double alone() {
    return (down - common()) / (1 - common());
  }

  /** The share of the time in which so many parts are all down. */
  double allDown(int parts) {
    return common() + (1 - common()) * Math.pow(alone(), parts);
  }

  /** The same, seen at random instants. */
  double observedAllDown(int parts, int instants) {
    return observed(parts, parts, instants);
  }

  double observedAnyDown(int parts, int instants) {
    return observed(1, parts, instants);
  }

  private double observed(int least, int parts, int instants) {
    RandomGenerator random = Settings.random(3);
    double common = common();
    double alone = alone();
    int times = 0;
    for (int instant = 0; instant < instants; instant++) {
      if (random.nextDouble() < common || down(parts, alone, random) >= least) {
        times++;
      }
    }
    return (double) times / instants;
  }

  private static int down(int parts, double alone, RandomGenerator random) {
    int down = 0;
    for (int part = 0; part < parts; part++) {
      if (random.nextDouble() < alone) {
        down++;
      }
    }
    return down;
  }
}
