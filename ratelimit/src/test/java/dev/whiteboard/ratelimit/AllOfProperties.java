package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class AllOfProperties {
  record Step(String kind, long permits, long millis) {}

  @Provide
  Arbitrary<Limit> limits() {
    return Combinators.combine(
            Arbitraries.longs().between(1, 20),
            Arbitraries.of(1, 3, 10),
            Arbitraries.longs().between(1, 20))
        .as((permits, seconds, burst) ->
            Limit.of(permits).per(Duration.ofSeconds(seconds)).burst(burst));
  }

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.of("all", "all", "one", "reserve"),
            Arbitraries.longs().between(1, 12),
            Arbitraries.longs().between(0, 800))
        .as(Step::new);
  }

  /** Beside the limiters there are others, asked one by one, from which all is taken by hand or nothing. */
  @Property(tries = 500)
  void takesFromAllOrFromNone(
      @ForAll @Size(min = 1, max = 4) List<@From("limits") Limit> limits,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    TestTicker ticker = new TestTicker();
    List<TokenBucket> parts = limits.stream()
        .map(limit -> RateLimiter.tokenBucket(limit).ticker(ticker).build())
        .toList();
    List<TokenBucket> model = limits.stream()
        .map(limit -> RateLimiter.tokenBucket(limit).ticker(ticker).build())
        .toList();
    RateLimiter all = RateLimiter.allOf(parts.toArray(RateLimiter[]::new));
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      long permits = step.permits();
      Decision decision = all.peek(permits);
      List<Decision> each = model.stream().map(bucket -> bucket.peek(permits)).toList();
      Duration maxWait = step.kind().equals("reserve") ? Duration.ofSeconds(1) : Duration.ZERO;
      Optional<Duration> longest = longest(each);
      boolean allowed = longest.filter(wait -> wait.compareTo(maxWait) <= 0).isPresent();
      assertEquals(longest, decision.retryAfter());
      assertEquals(each.stream().allMatch(Decision::allowed), decision.allowed());
      assertEquals(
          each.stream().mapToLong(Decision::remaining).min().orElseThrow(), decision.remaining());
      switch (step.kind()) {
        case "one" ->
          assertEquals(model.get(0).tryAcquire(permits), parts.get(0).tryAcquire(permits));
        case "all" -> assertEquals(allowed, all.tryAcquire(permits));
        default ->
          assertEquals(allowed ? longest : Optional.empty(), all.reserve(permits, maxWait));
      }
      if (allowed && !step.kind().equals("one")) {
        model.forEach(bucket -> bucket.reserve(permits, maxWait));
      }
      for (int i = 0; i < parts.size(); i++) {
        assertEquals(model.get(i).peek(permits), parts.get(i).peek(permits));
      }
    }
  }

  private static Optional<Duration> longest(List<Decision> each) {
    return each.stream().allMatch(decision -> decision.retryAfter().isPresent())
        ? each.stream().map(Decision::retryAfter).flatMap(Optional::stream).max(Duration::compareTo)
        : Optional.empty();
  }

  /** Taking and giving back is as if nothing had happened, also when time passes in between. */
  @Property(tries = 500)
  void refundByTheOnlyCallerIsExact(
      @ForAll("limits") Limit limit,
      @ForAll @Size(max = 20) List<@From("steps") Step> steps,
      @ForAll("steps") Step taken) {
    TestTicker ticker = new TestTicker();
    TokenBucket bucket = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    TokenBucket untouched = RateLimiter.tokenBucket(limit).ticker(ticker).build();
    for (Step step : steps) {
      ticker.advance(Duration.ofMillis(step.millis()));
      Stream.of(bucket, untouched).forEach(it -> it.reserve(step.permits(), Duration.ofSeconds(1)));
    }
    if (bucket.tryAcquire(taken.permits())) {
      ticker.advance(Duration.ofMillis(taken.millis()));
      bucket.refund(taken.permits());
    }
    for (Step step : steps) {
      assertEquals(untouched.peek(limit.burst()), bucket.peek(limit.burst()));
      ticker.advance(Duration.ofMillis(step.millis()));
    }
  }
}
