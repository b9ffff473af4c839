package dev.whiteboard.benchmarks.peers;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Laws about how long to wait before a retry. */
final class BackoffLaws {
  static final String SIGN = "sign";
  static final String CAP = "cap";
  static final String SPREAD = "spread";

  private static final int CLIENTS = 100;
  private static final int TENTH = 9;

  private BackoffLaws() {}

  static List<Law<Waits>> all() {
    return List.of(
        new Law<>(
            SIGN,
            "A wait is never negative, whatever the attempt.",
            "a wait below zero",
            waits -> firstWait(waits, Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))),
        new Law<>(
            CAP,
            "A wait is never longer than its cap, whatever the attempt.",
            "a longer one",
            waits -> firstWait(waits, Duration.ofSeconds(Long.MIN_VALUE), Waits.CAP)),
        new Law<>(
            SPREAD,
            "Of a hundred clients that failed together, no more than half come back in the same second at the tenth retry.",
            "a second with more",
            BackoffLaws::crowdedSecond));
  }

  /** The first wait that is out of bounds. */
  private static Optional<String> firstWait(Waits waits, Duration least, Duration most) {
    Random random = new Random(1);
    return IntStream.concat(
            IntStream.range(0, 100), IntStream.of(1000, Integer.MAX_VALUE - 1, Integer.MAX_VALUE))
        .boxed()
        .flatMap(attempt -> {
          Duration wait = waits.before(attempt, random);
          return wait.compareTo(least) < 0 || wait.compareTo(most) > 0
              ? Optional.of("after %s retries it waits %s".formatted(attempt, wait)).stream()
              : Optional.<String>empty().stream();
        })
        .findFirst();
  }

  private static Optional<String> crowdedSecond(Waits waits) {
    Multiset<Long> seconds = HashMultiset.create();
    for (int client = 0; client < CLIENTS; client++) {
      seconds.add(waits.before(TENTH, new Random(client)).toSeconds());
    }
    int most =
        seconds.entrySet().stream().mapToInt(Multiset.Entry::getCount).max().orElse(0);
    return most <= CLIENTS / 2
        ? Optional.empty()
        : Optional.of("%s of %s come back in the same second".formatted(most, CLIENTS));
  }
}
