package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.RateLimitLaws.BOUND;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.BURST;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.CARRY;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.LATE;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.ORDER;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.REFUND;
import static dev.whiteboard.benchmarks.peers.RateLimitLaws.STILL;

import dev.whiteboard.ratelimit.LeasedRateLimiter;
import dev.whiteboard.ratelimit.RateLimiter;
import java.util.List;

/** Who may pass: our limiters and their peers. In brackets, what a limiter that counts by periods may pass in any one. */
final class RateLimitSubjects {
  private static final String BUCKET4J = "Bucket4j 8.19.0";
  private static final String FAILSAFE = "Failsafe 3.3.2";

  private RateLimitSubjects() {}

  static List<Subject<Limiter.Kind>> all() {
    return List.of(
        Subject.ours("TokenBucket", OurLimiter.kind(Promise.BUCKET, RateLimiter::tokenBucket)),
        Subject.ours("LeakyBucket", OurLimiter.kind(Promise.QUEUE, RateLimiter::leakyBucket))
            .admitting("it gives nothing back: those behind have been told their times", REFUND),
        Subject.ours("FixedWindow (2n)", OurLimiter.kind(Promise.WINDOW, RateLimiter::fixedWindow)),
        Subject.ours(
            "SlidingWindowLog (n)", OurLimiter.kind(Promise.LOG, RateLimiter::slidingWindowLog)),
        Subject.ours(
            "SlidingWindowCounter (2n)",
            OurLimiter.kind(Promise.ESTIMATE, RateLimiter::slidingWindowCounter)),
        Subject.ours("Limit.strict (n)", OurLimiter.kind(Promise.STRICT, RateLimiter::tokenBucket)),
        Subject.ours("KeyedRateLimiter", OurLimiter.keyed()),
        Subject.ours("FlatRateLimiter", OurLimiter.flat()),
        leased(),
        Subject.of("Guava RateLimiter", "Guava 33.8.0", GuavaLimiter.kind())
            .admitting(
                "any request passes on credit, and the next one waits for it", BOUND, BURST, STILL),
        Subject.of("Bucket4j greedy", BUCKET4J, Bucket4jLimiter.greedy()),
        Subject.of("Bucket4j intervally (2n)", BUCKET4J, Bucket4jLimiter.intervally()),
        Subject.of("Resilience4j (2n)", "Resilience4j 2.4.0", Resilience4jLimiter.kind())
            .admitting("a new limit applies from the next period on", CARRY),
        Subject.of("Failsafe smooth", FAILSAFE, FailsafeLimiter.smooth()),
        Subject.of("Failsafe bursty (2n)", FAILSAFE, FailsafeLimiter.bursty()),
        Subject.of(
            "textbook: whole seconds", "like TheAlgorithms/Java", TextbookBucket.wholePeriods()),
        Subject.of(
            "textbook: whole permits",
            "like sjonnala/system-design",
            TextbookBucket.wholePermits()),
        Subject.of(
            "textbook: lump refill", "like iluwatar/java-design-patterns", TextbookBucket.lumps()),
        Subject.of(
            "textbook: captured limit",
            "like iluwatar/java-design-patterns",
            TextbookAdaptive.kind()),
        Subject.of(
            "textbook: check, then act (n)", "like sjonnala/system-design", TextbookLog.kind()));
  }

  private static Subject<Limiter.Kind> leased() {
    return Subject.ours(
            "LeasedRateLimiter",
            OurLimiter.kind(
                Promise.BUCKET,
                (limit, ticker) -> LeasedRateLimiter.builder(limit)
                    .stripes(2)
                    .lease(1)
                    .ticker(ticker)
                    .build()))
        .admitting("a stripe that nobody uses is not refilled", LATE)
        .admitting("what is in the stripes stays there", CARRY)
        .admitting("who finds permits in a stripe passes those who wait for the centre", ORDER);
  }
}
