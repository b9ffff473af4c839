package dev.whiteboard.ratelimit;

/** What a {@link SharedRateLimiter} answers while its store fails. There is no default: both are wrong for somebody. */
public enum WhenUnreachable {
  /** Requests pass (fail open). For a limit that is fair: users should not notice that the store is down. */
  ALLOW,

  /** Requests are refused (fail closed). For a limit that protects, such as that of guesses at a password. */
  REFUSE
}
