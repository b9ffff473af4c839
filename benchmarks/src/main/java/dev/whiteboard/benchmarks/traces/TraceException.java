package dev.whiteboard.benchmarks.traces;

import java.io.IOException;

/** A trace that is not what it says it is; the message continues a sentence that begins with the file's name. */
public final class TraceException extends IOException {
  private static final long serialVersionUID = 1;

  TraceException(String message) {
    super(message);
  }

  TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
