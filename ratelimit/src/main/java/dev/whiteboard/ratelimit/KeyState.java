package dev.whiteboard.ratelimit;

/**
 * The numbers that a {@link Store} keeps of a key, and what a command makes of them.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param reached the arrival time of a token bucket, or else the number of the window
 * @param used what was taken in the window
 * @param earlier what was taken in the window before
 */
record KeyState(long reached, long used, long earlier) {
  static final KeyState NEW = new KeyState(0, 0, 0);

  /** The numbers when time has come to {@code micros}. It never goes back. */
  KeyState at(long micros, Store.Command command) {
    if (command.algorithm() == Store.Algorithm.TOKEN_BUCKET) {
      return new KeyState(Math.max(reached, micros * command.scale()), 0, 0);
    }
    long window = micros / command.scale();
    return reached >= window ? this : new KeyState(window, 0, reached == window - 1 ? used : 0);
  }

  /** The numbers after a grant. */
  KeyState take(Store.Command command) {
    return command.algorithm() == Store.Algorithm.TOKEN_BUCKET
        ? new KeyState(reached + command.cost(), 0, 0)
        : new KeyState(reached, used + command.cost(), earlier);
  }

  /** What to answer at {@code micros}. */
  Store.Reply reply(boolean granted, long micros, Store.Command command) {
    return switch (command.algorithm()) {
      case TOKEN_BUCKET -> new Store.Reply(granted, reached - micros * command.scale(), 0, 0);
      case FIXED_WINDOW -> new Store.Reply(granted, untilEnd(micros, command), used, 0);
      case SLIDING_WINDOW_COUNTER ->
        new Store.Reply(granted, untilEnd(micros, command), used, earlier);
    };
  }

  private long untilEnd(long micros, Store.Command command) {
    return (reached + 1) * command.scale() - micros;
  }
}
