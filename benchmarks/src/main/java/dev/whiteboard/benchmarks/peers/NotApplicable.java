package dev.whiteboard.benchmarks.peers;

/** A block lacks the operation that a law is about; the message says which. */
final class NotApplicable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why the law does not apply. */
  private final String why;

  NotApplicable(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
