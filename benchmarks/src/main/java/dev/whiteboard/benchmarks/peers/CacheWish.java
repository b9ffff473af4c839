package dev.whiteboard.benchmarks.peers;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.peers.AnyCache.Removal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;

/**
 * What a law asks of a cache that is to be built.
 *
 * @param maximum the largest number of entries, or weight
 * @param weigher what an entry weighs
 * @param lifetime how long an entry may be returned after it was written
 * @param ticker the clock
 * @param listener who hears of removals
 */
record CacheWish(
    long maximum,
    Optional<ToIntBiFunction<Object, Object>> weigher,
    Optional<Duration> lifetime,
    Ticker ticker,
    Optional<Consumer<Removal>> listener) {
  static CacheWish of(long maximum) {
    return new CacheWish(
        maximum, Optional.empty(), Optional.empty(), HandClock.forOneThread(), Optional.empty());
  }

  CacheWish weighed(ToIntBiFunction<Object, Object> by) {
    return new CacheWish(maximum, Optional.of(by), lifetime, ticker, listener);
  }

  CacheWish living(Duration time, Ticker clock) {
    return new CacheWish(maximum, weigher, Optional.of(time), clock, listener);
  }

  CacheWish heardBy(Consumer<Removal> by) {
    return new CacheWish(maximum, weigher, lifetime, ticker, Optional.of(by));
  }

  void requireUnweighed() {
    if (weigher.isPresent()) {
      throw new NotApplicable("it has no weigher");
    }
  }

  void requireUntimed(String why) {
    if (lifetime.isPresent()) {
      throw new NotApplicable(why);
    }
  }

  void requireUnheard() {
    if (listener.isPresent()) {
      throw new NotApplicable("it has no removal listener");
    }
  }

  /** Spares a cache that bounds the number of its entries and does nothing else. */
  void requirePlain() {
    requireUnweighed();
    requireUntimed("its entries do not expire");
    requireUnheard();
  }

  /** The maximum of those that count in an {@code int}. */
  int intMaximum() {
    return Math.toIntExact(maximum);
  }
}
