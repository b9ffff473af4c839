package dev.whiteboard.benchmarks.traces;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Requests for keys, one after the other: a recorded trace or a generated one. */
@FunctionalInterface
public interface Requests {
  /** Takes one request after the other. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a request.
     *
     * @param time when it came, in the trace's unit of time
     * @param key a number for its key, equal for equal keys
     * @param size how large the value is, at least 0
     */
    void accept(long time, long key, long size);
  }

  /**
   * Hands over every request in order; the same ones each time.
   *
   * @throws IOException if they come from a file that cannot be read
   */
  void forEach(Sink sink) throws IOException;

  /** For keys without time and size: each is of size 1 and comes one unit of time after the one before. */
  static LongConsumer keysOnly(Sink sink) {
    return new LongConsumer() {
      private long number;

      @Override
      public void accept(long key) {
        sink.accept(number++, key, 1);
      }
    };
  }
}
