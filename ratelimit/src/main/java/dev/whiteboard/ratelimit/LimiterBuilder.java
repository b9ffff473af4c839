package dev.whiteboard.ratelimit;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Ticker;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Describes a limiter that needs nothing but its limit and a clock.
 *
 * <p><b>Thread safety.</b> For one thread.
 *
 * @param <L> the kind of limiter
 */
public final class LimiterBuilder<L> {
  private final Function<Ticker, L> constructor;
  private Ticker ticker = Ticker.systemTicker();

  private LimiterBuilder(Function<Ticker, L> constructor) {
    this.constructor = constructor;
  }

  /** A builder of limiters that share what {@code constructor} takes first. */
  static <T, L> LimiterBuilder<L> of(T first, BiFunction<T, Ticker, L> constructor) {
    return new LimiterBuilder<>(ticker -> constructor.apply(first, ticker));
  }

  /**
   * Sets the source of elapsed time.
   *
   * @param ticker the source of elapsed time
   * @return this builder
   * @throws NullPointerException if {@code ticker} is null
   */
  public LimiterBuilder<L> ticker(Ticker ticker) {
    this.ticker = requireNonNull(ticker, "ticker");
    return this;
  }

  /**
   * Creates the limiter and reads its ticker once: time counts from here.
   *
   * @return a limiter from which nothing has been taken
   */
  public L build() {
    return constructor.apply(ticker);
  }
}
