package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

/**
 * The share of time in which a system works, from that of its parts.
 *
 * <p><b>Idea.</b> Parts that all must work multiply their availability; copies of which one must work multiply their
 * unavailability. R. E. Barlow and F. Proschan, <i>Statistical Theory of Reliability and Life Testing</i>, 1975. The parts
 * are taken to fail independently. Those that share a rack, a release or an operator do not, and the product then promises
 * too much.
 *
 * <p><b>Cost.</b> A pass over the parts. <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> A double close to 1 has 16 nines at most; {@link Durability} counts in losses and has no such end.
 */
public final class Availability {
  private Availability() {}

  /**
   * Returns the availability of parts that all must work.
   *
   * @param availabilities of each part, in [0, 1]
   * @return their product; 1 if there are none
   * @throws IllegalArgumentException if one is out of range
   */
  public static double series(double... availabilities) {
    double all = 1;
    for (double availability : requireNonNull(availabilities, "availabilities")) {
      all *= Checks.share(availability, "availability");
    }
    return all;
  }

  /**
   * Returns the availability of parts of which one must work.
   *
   * @param availabilities of each part, in [0, 1]
   * @return 1 − Π (1 − availability); 0 if there are none
   * @throws IllegalArgumentException if one is out of range
   */
  public static double parallel(double... availabilities) {
    double down = 1;
    for (double availability : requireNonNull(availabilities, "availabilities")) {
      down *= 1 - Checks.share(availability, "availability");
    }
    return 1 - down;
  }

  /**
   * Returns the availability of equal parts of which some must work, such as a quorum.
   *
   * @param needed how many must work, in [0, parts]
   * @param parts how many there are, at least 1
   * @param availability of each, in [0, 1]
   * @return the probability that {@code needed} or more of them work
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double kOfN(int needed, int parts, double availability) {
    Checks.atLeastOne(parts, "parts");
    Checks.inRange(needed, 0, parts, "needed");
    return Binomial.atLeast(needed, parts, Checks.share(availability, "availability"));
  }

  /**
   * Counts the nines.
   *
   * @param availability in [0, 1]
   * @return −log₁₀ (1 − availability): 3 for 0.999, 3.3 for 0.9995, infinite for 1
   * @throws IllegalArgumentException if {@code availability} is out of range
   */
  public static double nines(double availability) {
    return Math.abs(Math.log10(1 - Checks.share(availability, "availability")));
  }

  /**
   * Returns the availability with a number of nines; the inverse of {@link #nines}.
   *
   * @param nines at least 0; may be infinite
   * @return 1 − 10^−nines
   * @throws IllegalArgumentException if {@code nines} is negative or NaN
   */
  public static double ofNines(double nines) {
    checkArgument(nines >= 0, "nines must be >= 0, was %s", nines);
    return 1 - Math.pow(10, -nines);
  }

  /**
   * Returns how long a system may be down.
   *
   * <p>The period is the calendar: a {@link CalendarUnit#YEAR} has 365 days and a {@link CalendarUnit#MONTH} 30. Published
   * tables also use 365.25 and 365.2425 days, and mix them; for those, state the period in days.
   *
   * @param availability in [0, 1]
   * @param period what the availability is promised over
   * @return (1 − availability) of the period, in the period's unit
   * @throws IllegalArgumentException if {@code availability} is out of range
   */
  public static TimeSpan downtime(double availability, TimeSpan period) {
    Checks.share(availability, "availability");
    requireNonNull(period, "period");
    return new TimeSpan((1 - availability) * period.amount(), period.unit());
  }
}
