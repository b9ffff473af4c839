package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class LimitProperties {
  /** The adversary takes all there is, at moments of its choice and as soon as the hint allows. */
  @Property(tries = 1000)
  void strictLimitIsExceededInNoWindow(
      @ForAll @LongRange(min = 1, max = 60) long permits,
      @ForAll @LongRange(min = 60, max = 1_000_000_000_000L) long nanos,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 80) Integer> pauses) {
    TestTicker ticker = new TestTicker();
    RateLimiter bucket = RateLimiter.tokenBucket(Limit.strict(permits, Duration.ofNanos(nanos)))
        .ticker(ticker)
        .build();
    List<Long> grants = new ArrayList<>();
    for (int pause : pauses) {
      ticker.advance(
          pause < 40
              ? bucket.peek(1).retryAfter().orElseThrow().toNanos()
              : nanos / 64 * (pause - 40));
      while (bucket.tryAcquire()) {
        grants.add(ticker.read());
      }
    }
    for (int i = 0; i + permits < grants.size(); i++) {
      long span = grants.get(i + (int) permits) - grants.get(i);
      assertTrue(span >= nanos, "one too many in " + span + " ns");
    }
  }
}
