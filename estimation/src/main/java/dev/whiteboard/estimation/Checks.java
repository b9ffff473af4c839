package dev.whiteboard.estimation;

import static com.google.common.base.Preconditions.checkArgument;

/** The rules that numbers in this package obey, each with its message. NaN obeys none of them. */
final class Checks {
  private Checks() {}

  static double nonNegative(double value, String name) {
    checkArgument(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        "%s must be finite and >= 0, was %s",
        name,
        value);
    return value + 0.0; // turns -0.0 into 0.0, so that equal numbers are equal records
  }

  static double positive(double value, String name) {
    checkArgument(
        value > 0 && value < Double.POSITIVE_INFINITY,
        "%s must be finite and > 0, was %s",
        name,
        value);
    return value;
  }

  static double share(double value, String name) {
    checkArgument(value >= 0 && value <= 1, "%s must be in [0, 1], was %s", name, value);
    return value + 0.0;
  }

  static double shareBelowOne(double value, String name) {
    checkArgument(value >= 0 && value < 1, "%s must be in [0, 1), was %s", name, value);
    return value + 0.0;
  }

  static double positiveShare(double value, String name) {
    checkArgument(value > 0 && value <= 1, "%s must be in (0, 1], was %s", name, value);
    return value;
  }

  static int atLeastOne(int value, String name) {
    checkArgument(value >= 1, "%s must be >= 1, was %s", name, value);
    return value;
  }

  static int inRange(int value, int first, int last, String name) {
    checkArgument(
        value >= first && value <= last,
        "%s must be in [%s, %s], was %s",
        name,
        first,
        last,
        value);
    return value;
  }
}
