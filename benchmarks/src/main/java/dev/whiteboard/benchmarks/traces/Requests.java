package dev.whiteboard.benchmarks.traces;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Requests for keys, one after the other: a recorded trace or a generated one. */
@FunctionalInterface
public interface Requests {
  /**
   * Hands over every request in order; the same ones each time.
   *
   * @throws IOException if they come from a file that cannot be read
   */
  void forEach(LongConsumer requests) throws IOException;
}
