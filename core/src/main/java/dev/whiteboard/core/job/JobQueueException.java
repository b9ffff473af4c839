package dev.whiteboard.core.job;

/**
 * Says that the database behind a queue failed. Whether the call had its effect is then unknown; every call of a queue
 * may be repeated.
 */
public final class JobQueueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JobQueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
