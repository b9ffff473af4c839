package dev.whiteboard.benchmarks.claims;

/** What an experiment makes of a sentence. */
public enum Verdict {
  /** It holds as it is said. */
  TRUE,
  /** It holds under a condition that is rarely said. */
  TRUE_ONLY_IF,
  /** A part of it holds. */
  HALF_WRONG,
  /** It does not hold; the experiment is the counter-example. */
  FALSE
}
