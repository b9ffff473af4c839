package dev.whiteboard.core.job;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What arguments may be. */
final class Limits {
  static final Duration SHORTEST_LEASE = Duration.ofMillis(1);

  /** A hundred years of 365 days. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Limits() {}

  static Duration checkDuration(Duration duration, String name, Duration least) {
    requireNonNull(duration, name);
    checkArgument(
        duration.compareTo(least) >= 0 && duration.compareTo(LONGEST) <= 0,
        "%s must be in [%s, %s], was %s",
        name,
        least,
        LONGEST,
        duration);
    return duration;
  }

  static String checkLength(String text, String name, int least, int most) {
    requireNonNull(text, name);
    checkArgument(
        text.length() >= least && text.length() <= most,
        "%s must have %s to %s characters, had %s",
        name,
        least,
        most,
        text.length());
    return text;
  }

  static int checkMost(int most) {
    checkArgument(most >= 1, "most must be >= 1, was %s", most);
    return most;
  }
}
