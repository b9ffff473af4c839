package dev.whiteboard.benchmarks.claims;

import org.jspecify.annotations.Nullable;

/** Numbers as keys that count how often they are hashed and compared: steps, whatever the machine. */
final class CountingKeys {
  private long calls;

  /** A new key, equal to those of the same number. */
  Object key(int number) {
    return new Key(number);
  }

  /** Calls of {@code hashCode} and {@code equals} since the last time that this was asked. */
  long takeCalls() {
    long taken = calls;
    calls = 0;
    return taken;
  }

  private final class Key {
    private final int number;

    Key(int number) {
      this.number = number;
    }

    @Override
    public int hashCode() {
      calls++;
      return number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      calls++;
      return other instanceof Key key && key.number == number;
    }
  }
}
