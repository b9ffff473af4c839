package dev.whiteboard.benchmarks.cli;

/** The input is wrong: the message is one line that names it and says what would be right. */
final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
