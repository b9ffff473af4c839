package dev.whiteboard.benchmarks.claims;

import static com.google.common.base.Preconditions.checkArgument;

import dev.whiteboard.benchmarks.render.Numbers;

/**
 * A number of an experiment that a reader can change.
 *
 * @param name what it is called on the command line
 * @param value what it is unless changed
 * @param min the smallest value that makes sense
 * @param max the largest value that runs in reasonable time
 * @param whole whether it counts something
 */
public record Parameter(String name, double value, double min, double max, boolean whole) {
  static Parameter count(String name, int value, int min, int max) {
    return new Parameter(name, value, min, max, true);
  }

  static Parameter real(String name, double value, double min, double max) {
    return new Parameter(name, value, min, max, false);
  }

  /** The parameter with another value, given as text. */
  Parameter with(String text) {
    double next;
    try {
      next = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, was " + text, e);
    }
    checkArgument(
        next >= min && next <= max && (!whole || next == Math.rint(next)),
        "%s must be a %snumber in [%s, %s], was %s",
        name,
        whole ? "whole " : "",
        Numbers.format(min),
        Numbers.format(max),
        text);
    return new Parameter(name, next, min, max, whole);
  }
}
