package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.ratelimit.Limit;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Searches for counter-examples to those {@link RateLimitLaws} that are about when a request may pass. */
final class RateLimitTimes {
  private static final Limit SEVEN = Limit.of(7).per(Duration.ofSeconds(3));
  private static final Limit TEN = Limit.perSecond(10);

  /** What can be saved up is half of what arrives in a second. */
  private static final Limit TEN_BY_FIVE = TEN.burst(5);

  private static final Limit HUNDRED = Limit.perSecond(100);

  /** A million a second. */
  private static final Limit MILLION = Limit.of(1000).per(Duration.ofMillis(1));

  private static final Limit FAST = Limit.of(7).per(Duration.ofNanos(10));

  private static final List<Poll> POLLS = List.of(
      new Poll(TEN_BY_FIVE, 1, Duration.ofMillis(10), Duration.ofSeconds(5)),
      new Poll(TEN, 1, Duration.ofMillis(150), Duration.ofSeconds(6)),
      new Poll(SEVEN, 1, Duration.ofMillis(1), Duration.ofSeconds(6)),
      new Poll(SEVEN, 3, Duration.ofMillis(5), Duration.ofSeconds(9)),
      new Poll(
          Limit.perSecond(1000).burst(20), 1, Duration.ofNanos(300_000), Duration.ofSeconds(1)));

  /** A limiter that passes more than this in {@link #POLLS} never refuses. */
  private static final long ENDLESS = 2000;

  private RateLimitTimes() {}

  /** What passed at a moment. */
  private record Grant(long nanos, long permits) {}

  static Optional<String> tooMuch(Limiter.Kind kind) {
    return first(Stream.of(HUNDRED, SEVEN, TEN_BY_FIVE, FAST), limit -> {
      Trial sly = new Trial(kind, limit);
      Trial wild = new Trial(kind, limit);
      return fullestWindow(sly, atBorders(sly)).or(() -> fullestWindow(wild, atRandom(wild)));
    });
  }

  /** Requests of all sizes at random times, about as many as pass. */
  private static List<Grant> atRandom(Trial trial) {
    Random random = new Random(1);
    long meanNanos = Math.max(1, trial.limit.period().toNanos() / trial.limit.permits());
    List<Grant> grants = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      trial.advance(random.nextLong(8) == 0 ? 0 : random.nextLong(3 * meanNanos));
      long permits = i % 10 == 0 ? trial.limit.burst() : 1 + random.nextLong(2);
      if (trial.take(permits)) {
        grants.add(new Grant(trial.now(), permits));
      }
    }
    return grants;
  }

  /** All that passes just before the end of a period, and just after it. */
  private static List<Grant> atBorders(Trial trial) {
    long period = trial.limit.period().toNanos();
    List<Grant> grants = new ArrayList<>();
    for (long aim = period; aim <= 4 * period; aim += period) {
      trial.advance(Math.max(0, aim - 1000 - trial.now()));
      grants.add(new Grant(trial.now(), trial.takeAll()));
      trial.advance(2000);
      grants.add(new Grant(trial.now(), trial.takeAll()));
    }
    return grants;
  }

  /** A window that starts and ends with a grant and holds more than it may. */
  private static Optional<String> fullestWindow(Trial trial, List<Grant> grants) {
    for (int from = 0; from < grants.size(); from++) {
      long sum = 0;
      for (Grant last : grants.subList(from, grants.size())) {
        sum += last.permits();
        long nanos = last.nanos() - grants.get(from).nanos();
        BigInteger most = trial.most(nanos);
        if (BigInteger.valueOf(sum).compareTo(most) > 0) {
          return Optional.of("%s: %s pass in %s, where %s may"
              .formatted(trial.words(), sum, Trial.words(nanos), most));
        }
      }
    }
    return Optional.empty();
  }

  static Optional<String> tooLate(Limiter.Kind kind) {
    return first(POLLS.stream(), poll -> poll.tooLate(kind));
  }

  /** Asks for as much as passes, at even gaps. */
  private record Poll(Limit wanted, long most, Duration gap, Duration time) {
    Optional<String> tooLate(Limiter.Kind kind) {
      Trial trial = new Trial(kind, wanted);
      LimiterModel model = trial.model();
      long permits = Math.min(most, trial.limit.burst());
      long passed = 0;
      long late = -1;
      for (; trial.now() <= time.toNanos(); trial.advance(gap.toNanos())) {
        while (passed < ENDLESS && trial.take(permits)) {
          model.grant(trial.now(), permits);
          passed++;
        }
        if (late < 0 && passed < ENDLESS && model.owes(trial.now() - trial.tickNanos(), permits)) {
          late = trial.now();
        }
      }
      return late < 0 ? Optional.empty() : Optional.of(found(trial, permits, passed, late));
    }

    private String found(Trial trial, long permits, long passed, long late) {
      return "%s: asked for %s every %s, it first refuses at %s what is due; %s pass in %s, not %s"
          .formatted(
              trial.words(),
              permits,
              Trial.words(gap.toNanos()),
              Trial.words(late),
              passed,
              Trial.words(time.toNanos()),
              due(trial.model(), permits));
    }

    private long due(LimiterModel model, long permits) {
      long due = 0;
      for (long now = 0; now <= time.toNanos(); now += gap.toNanos()) {
        for (; model.owes(now, permits); due++) {
          model.grant(now, permits);
        }
      }
      return due;
    }
  }

  static Optional<String> delayedByRefusals(Limiter.Kind kind) {
    return delayedByRefusals(kind, SEVEN, Duration.ofMillis(1))
        .or(() -> delayedByRefusals(kind, TEN, Duration.ofMillis(10)));
  }

  private static Optional<String> delayedByRefusals(Limiter.Kind kind, Limit limit, Duration gap) {
    Trial asking = new Trial(kind, limit);
    asking.drain();
    long end = 3 * limit.period().toNanos();
    asking.advance(gap.toNanos());
    while (asking.now() < end && !asking.take(1)) {
      Stream.of(asking.limit.burst(), asking.limit.burst() + 1).forEach(asking::isRefused);
      asking.advance(gap.toNanos());
    }
    Trial waiting = new Trial(kind, limit);
    waiting.drain();
    waiting.advance(asking.now() - gap.toNanos());
    return waiting.take(1)
        ? Optional.of("%s, taken: who asks every %s passes %s later, who waits passes before that"
            .formatted(asking.words(), Trial.words(gap.toNanos()), Trial.words(asking.now())))
        : Optional.empty();
  }

  static Optional<String> wrongHint(Limiter.Kind kind) {
    List<Limit> odd = List.of(
        SEVEN,
        Limit.perSecond(3).burst(6),
        Limit.of(101).per(Duration.ofSeconds(7)).burst(11),
        Limit.of(99).per(Duration.ofHours(1)).burst(5));
    return first(odd.stream(), limit -> {
      long burst = kind.promise().kept(limit).burst();
      return first(
          LongStream.of(1, 2, (burst + 1) / 2)
              .filter(permits -> permits <= burst)
              .distinct()
              .boxed(),
          permits -> first(
              Stream.of(0L, limit.period().toNanos() / 3 + 1),
              pause -> wrongHint(() -> drained(kind, limit, pause), permits)));
    });
  }

  /** A trial of which all was taken, and a pause after that. */
  private static Trial drained(Limiter.Kind kind, Limit limit, long pauseNanos) {
    Trial trial = new Trial(kind, limit);
    trial.drain();
    trial.advance(pauseNanos);
    return trial;
  }

  private static Optional<String> wrongHint(Supplier<Trial> trials, long permits) {
    Trial told = trials.get();
    Optional<Duration> hint = told.limiter.retryAfter(permits);
    if (hint.isEmpty()) {
      return Optional.of("%s: %s can never pass".formatted(told.words(), permits));
    }
    long wait = hint.get().toNanos();
    Trial obedient = trials.get();
    obedient.advance(wait);
    if (!obedient.take(permits)) {
      return Optional.of("%s: %s are told to wait %s, and are refused then"
          .formatted(told.words(), permits, Trial.words(wait)));
    }
    Trial early = trials.get();
    early.advance(Math.max(0, wait - told.tickNanos()));
    return wait > 0 && early.take(permits)
        ? Optional.of("%s: %s are told to wait %s, and pass %s before"
            .formatted(told.words(), permits, Trial.words(wait), Trial.words(told.tickNanos())))
        : Optional.empty();
  }

  static Optional<String> moreThanTheBurst(Limiter.Kind kind) {
    return first(Stream.of(0L, 1_000_000_000_000L), idleNanos -> {
      Trial trial = new Trial(kind, TEN);
      Trial other = new Trial(kind, TEN);
      trial.advance(idleNanos);
      other.advance(idleNanos);
      long burst = trial.limit.burst();
      for (long permits : new long[] {burst + 1, 2 * burst}) {
        if (!trial.isRefused(permits)) {
          return Optional.of("%s: %s pass at once".formatted(trial.words(), permits));
        }
      }
      return trial.differsFrom(other, "after a refusal of " + 2 * burst);
    });
  }

  static Optional<String> mintedInNoTime(Limiter.Kind kind) {
    return first(Stream.of(SEVEN, TEN, HUNDRED), limit -> {
      Trial trial = new Trial(kind, limit);
      for (int pause = 0; pause < 3; pause++) {
        long passed = 0;
        for (long i = 0; i < 3 * trial.limit.burst(); i++) {
          passed += trial.take(1) ? 1 : 0;
        }
        if (passed > trial.limit.burst()) {
          return Optional.of("%s: %s pass in no time".formatted(trial.words(), passed));
        }
        trial.advance(10 * Promise.fillNanos(trial.limit));
      }
      return Optional.empty();
    });
  }

  static Optional<String> mintedBackwards(Limiter.Kind kind) {
    Trial trial = new Trial(kind, TEN);
    long period = trial.limit.period().toNanos();
    trial.advance(1000 * period);
    trial.drain();
    long now = trial.now();
    for (long back : new long[] {4, period / 2, period, 10 * period, 2000 * period}) {
      for (long steps = 4; steps >= 0; steps--) {
        trial.clock.set(now - back / 4 * steps);
        long passed = trial.drain();
        if (passed > 0) {
          return Optional.of("%s: %s pass again when the clock has been %s back"
              .formatted(trial.words(), passed, Trial.words(back)));
        }
      }
    }
    trial.advance(2 * period);
    return trial.take(1)
        ? Optional.empty()
        : Optional.of(trial.words() + ": nothing passes when the clock has caught up");
  }

  static Optional<String> lostInALeap(Limiter.Kind kind) {
    return lostInALeap(kind, Limit.perSecond(1_000_000), Duration.ofHours(3))
        .or(() -> lostInALeap(kind, MILLION, Duration.ofDays(36_525)))
        .or(() -> lostInALeap(
            kind, MILLION, Duration.ofNanos(Long.MAX_VALUE - 2 * HandClock.START_NANOS)));
  }

  private static Optional<String> lostInALeap(Limiter.Kind kind, Limit limit, Duration leap) {
    Trial trial = new Trial(kind, limit);
    LimiterModel model = trial.model();
    return unequal(trial, model).or(() -> {
      trial.advance(leap.toMillis() * 1_000_000);
      return unequal(trial, model)
          .map(
              found -> "%s: after %s %s".formatted(trial.words(), Trial.words(trial.now()), found));
    });
  }

  /** Takes half of the burst, a quarter, half, and one more permit. */
  private static Optional<String> unequal(Trial trial, LimiterModel model) {
    long half = (trial.limit.burst() + 1) / 2;
    for (long permits : new long[] {half, Math.max(1, half / 2), half, 1}) {
      boolean due = model.owes(trial.now(), permits);
      if (trial.take(permits) != due) {
        return Optional.of("%s %s".formatted(permits, due ? "are refused" : "pass too many"));
      }
      if (due) {
        model.grant(trial.now(), permits);
      }
    }
    return Optional.empty();
  }

  static <T> Optional<String> first(Stream<T> cases, Function<T, Optional<String>> check) {
    return cases.map(check).flatMap(Optional::stream).findFirst();
  }
}
