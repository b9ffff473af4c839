package dev.whiteboard.ratelimit;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The reference: what {@link Store} says, in a map, line by line. */
final class SharedMemoryStore implements Store {
  private static final class Numbers {
    long arrival;
    long window;
    long used;
    long before;
  }

  private final InstantSource clock;
  private final Map<String, Numbers> keys = new HashMap<>();

  SharedMemoryStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Reply apply(Command command) {
    long now = Store.microsOf(clock.instant());
    Numbers key = keys.computeIfAbsent(command.key(), name -> new Numbers());
    return command.algorithm() == Algorithm.TOKEN_BUCKET
        ? takeTicks(key, now * command.scale(), command)
        : takePermits(key, now, command);
  }

  private static Reply takeTicks(Numbers key, long now, Command command) {
    long arrival = Math.max(key.arrival, now);
    boolean granted = arrival + command.cost() <= now + command.capacity();
    if (granted) {
      arrival += command.cost();
      key.arrival = arrival;
    }
    return new Reply(granted, arrival - now, 0, 0);
  }

  private static Reply takePermits(Numbers key, long now, Command command) {
    long window = Math.max(key.window, now / command.scale());
    long used = key.window == window ? key.used : 0;
    long before = key.window == window ? key.before : key.window == window - 1 ? key.used : 0;
    boolean sliding = command.algorithm() == Algorithm.SLIDING_WINDOW_COUNTER;
    long ahead = (window + 1) * command.scale() - now;
    long rest = Math.min(ahead, command.scale());
    long share = sliding ? before * rest / command.scale() : 0;
    if (share + used + command.cost() > command.capacity()) {
      return new Reply(false, ahead, used, sliding ? before : 0);
    }
    key.window = window;
    key.used = used + command.cost();
    key.before = before;
    return new Reply(true, ahead, key.used, sliding ? before : 0);
  }
}
