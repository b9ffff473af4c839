package dev.whiteboard.estimation;

/**
 * How many random ids there may be before two are equal.
 *
 * <p><b>Idea.</b> n ids make about n² / 2 pairs, each of which is equal once in 2^bits: the probability of a collision is
 * 1 − e^(−n² / 2^(bits + 1)). R. von Mises, <i>Über Aufteilungs- und Besetzungswahrscheinlichkeiten</i>, 1939. Counting n²
 * rather than n (n − 1) errs on the safe side, by 1 part in n, as long as n is below √3 · 2^(bits / 2).
 *
 * <p><b>Domain.</b> Every bit is random and independent. A version-4 UUID has 122 such bits, a version-7 one 74 within a
 * millisecond. Probabilities of 1e-18 and less keep all their digits.
 *
 * <p><b>Cost.</b> A few operations. <b>Thread safety.</b> Stateless.
 */
public final class BirthdayBound {
  /** 2^1023 is the largest power of two in a double. */
  private static final int MOST_BITS = 1023;

  private BirthdayBound() {}

  /**
   * Returns how likely two ids are equal.
   *
   * @param randomBits of each id, in [0, 1023]
   * @param ids how many there are, finite and at least 0
   * @return the probability that at least two of them are equal
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double collisionProbability(int randomBits, double ids) {
    double values = Math.scalb(1.0, checkBits(randomBits));
    Checks.nonNegative(ids, "ids");
    return -Math.expm1(-ids / values * ids / 2);
  }

  /**
   * Returns how many ids may be made; the inverse of {@link #collisionProbability}.
   *
   * @param randomBits of each id, in [0, 1023]
   * @param collisionProbability what is accepted, in [0, 1)
   * @return the number of ids, which may be below 1
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double idsForProbability(int randomBits, double collisionProbability) {
    checkBits(randomBits);
    Checks.shareBelowOne(collisionProbability, "collisionProbability");
    return Math.sqrt(-2 * Math.log1p(-collisionProbability)) * Math.pow(2, randomBits / 2.0);
  }

  private static int checkBits(int randomBits) {
    return Checks.inRange(randomBits, 0, MOST_BITS, "randomBits");
  }
}
