package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.h2.jdbcx.JdbcConnectionPool;
import redis.clients.jedis.Jedis;

class SharedRateLimiterProperties {
  private static final JdbcConnectionPool DATABASE =
      JdbcConnectionPool.create("jdbc:h2:mem:properties", "", "");

  private static Optional<RedisProcess> server = Optional.empty();
  private static Optional<Jedis> connection = Optional.empty();
  private static int tries;

  private static RedisStore redis() {
    if (connection.isEmpty()) {
      server = Optional.of(RedisProcess.start());
      connection = server.map(RedisProcess::connect);
    }
    Jedis jedis = connection.orElseThrow();
    return RedisStore.of(jedis::evalsha, jedis::eval);
  }

  @AfterContainer
  static void stop() throws IOException {
    DATABASE.dispose();
    connection.ifPresent(Jedis::close);
    if (server.isPresent()) {
      server.get().close();
    }
  }

  private static SqlStore sql(InstantSource clock) throws SQLException {
    SqlStore store = SqlStore.builder(DATABASE).clock(clock).build();
    store.createTable();
    return store;
  }

  private static SharedRateLimiter limiter(Store.Algorithm algorithm, Limit limit, Store store) {
    SharedRateLimiter.Builder builder = switch (algorithm) {
      case TOKEN_BUCKET -> SharedRateLimiter.tokenBucket(limit, store, WhenUnreachable.REFUSE);
      case FIXED_WINDOW -> SharedRateLimiter.fixedWindow(limit, store, WhenUnreachable.REFUSE);
      case SLIDING_WINDOW_COUNTER ->
        SharedRateLimiter.slidingWindowCounter(limit, store, WhenUnreachable.REFUSE);
    };
    return builder.prefix(tries + ":").build();
  }

  /** A request, and the time before it: as the last answer told, or so many thousandths of the period. */
  record Step(boolean asTold, long thousandths, long micros, long permits) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4).map(i -> i == 0),
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 300)),
                Tuple.of(2, Arbitraries.of(0L, 1000L, 2000L)),
                Tuple.of(1, Arbitraries.longs().between(-1500, 0)),
                Tuple.of(1, Arbitraries.longs().between(0, 100_000))),
            Arbitraries.longs().between(-1, 1),
            Arbitraries.longs().between(1, 8))
        .as(Step::new);
  }

  /** Up to seven permits in whole microseconds, which are exact; for windows the burst is the permits. */
  private static Limit exact(Store.Algorithm algorithm, long permits, long micros, long burst) {
    return Limit.of(permits)
        .per(Duration.of(micros, ChronoUnit.MICROS))
        .burst(algorithm == Store.Algorithm.TOKEN_BUCKET ? burst : permits);
  }

  private static void agree(
      Store.Algorithm algorithm,
      Limit limit,
      Store store,
      SharedTestClock clock,
      List<Step> steps) {
    tries++;
    SharedRateLimiter limiter = limiter(algorithm, limit, store);
    SharedModel model = SharedModel.of(algorithm, limit);
    long period = limit.period().toNanos() / 1000;
    Duration told = Duration.ZERO;
    for (Step step : steps) {
      clock.advance(
          step.asTold()
              ? told.toNanos() / 1000
              : step.thousandths() * period / 1000 + step.micros());
      long now = clock.micros();
      Decision decision = limiter.tryAcquire("key", step.permits());
      if (step.permits() > limit.burst()) {
        assertEquals(new Decision(false, 0, Optional.empty(), Duration.ZERO), decision);
        continue;
      }
      assertEquals(model.has(now, step.permits()), decision.allowed());
      if (decision.allowed()) {
        model.take(now, step.permits());
      }
      assertEquals(model.there(now).max(BigInteger.ZERO), BigInteger.valueOf(decision.remaining()));
      told = decision.retryAfter().orElseThrow();
      assertEquals(decision.allowed(), told.isZero());
      if (!decision.allowed()) {
        assertIsLeast(told, wait -> model.has(now + wait, step.permits()));
      }
      assertIsLeast(decision.resetAfter(), wait -> model.has(now + wait, limit.burst()));
    }
    assertEquals(0, limiter.stats().failures());
  }

  private static void assertIsLeast(Duration hint, LongPredicate enough) {
    long micros = hint.toNanos() / 1000;
    assertTrue(enough.test(micros), "too short: " + hint);
    assertTrue(micros == 0 || !enough.test(micros - 1), "too long: " + hint);
  }

  @Property(tries = 1000)
  void memoryAgreesWithExactArithmetic(
      @ForAll Store.Algorithm algorithm,
      @ForAll @LongRange(min = 1, max = 7) long permits,
      @ForAll @LongRange(min = 1, max = 10_000_000) long micros,
      @ForAll @LongRange(min = 1, max = 12) long burst,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    SharedTestClock clock = new SharedTestClock();
    Limit limit = exact(algorithm, permits, micros, burst);
    agree(algorithm, limit, new SharedMemoryStore(clock), clock, steps);
  }

  @Property(tries = 200)
  void redisAgreesWithExactArithmetic(
      @ForAll Store.Algorithm algorithm,
      @ForAll @LongRange(min = 1, max = 7) long permits,
      @ForAll @LongRange(min = 1, max = 10_000_000) long micros,
      @ForAll @LongRange(min = 1, max = 12) long burst,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps) {
    SharedTestClock clock = new SharedTestClock();
    Limit limit = exact(algorithm, permits, micros, burst);
    agree(algorithm, limit, redis().clock(clock), clock, steps);
  }

  @Property(tries = 200)
  void databaseAgreesWithExactArithmetic(
      @ForAll Store.Algorithm algorithm,
      @ForAll @LongRange(min = 1, max = 7) long permits,
      @ForAll @LongRange(min = 1, max = 10_000_000) long micros,
      @ForAll @LongRange(min = 1, max = 12) long burst,
      @ForAll @Size(min = 1, max = 60) List<@From("steps") Step> steps)
      throws SQLException {
    SharedTestClock clock = new SharedTestClock();
    Limit limit = exact(algorithm, permits, micros, burst);
    agree(algorithm, limit, sql(clock), clock, steps);
  }

  /** In 2055, at the largest numbers that are promised. */
  @Property(tries = 100)
  void redisIsExactToTheEnd(
      @ForAll @LongRange(min = 1, max = 7) long permits,
      @ForAll @LongRange(min = 1, max = 1L << 46) long micros,
      @ForAll @Size(min = 1, max = 40) List<@From("steps") Step> steps) {
    SharedTestClock clock = new SharedTestClock();
    clock.set((1L << 50) - (1L << 48));
    Limit limit = exact(Store.Algorithm.TOKEN_BUCKET, permits, micros, 8);
    List<Step> forward = steps.stream()
        .map(step ->
            new Step(step.asTold(), Math.floorMod(step.thousandths(), 100L), 1, step.permits()))
        .toList();
    agree(Store.Algorithm.TOKEN_BUCKET, limit, redis().clock(clock), clock, forward);
  }

  record Grant(long micros, long permits) {}

  /** Limits that ticks cannot keep exactly are kept a little too strictly: never too much, and hints hold. */
  @Property(tries = 500)
  void roundedLimitsErrOnTheSideOfRefusing(
      @ForAll @LongRange(min = 1, max = 60_000) long permits,
      @ForAll @LongRange(min = 1, max = 100) long burst,
      @ForAll @Size(min = 1, max = 100) List<@IntRange(min = -1, max = 300) Integer> pauses) {
    Limit limit = Limit.perSecond(permits).burst(burst);
    SharedTestClock clock = new SharedTestClock();
    SharedRateLimiter limiter =
        limiter(Store.Algorithm.TOKEN_BUCKET, limit, new SharedMemoryStore(clock));
    List<Grant> grants = new ArrayList<>();
    for (int pause : pauses) {
      clock.advance(Math.max(0, pause));
      Decision decision = limiter.tryAcquire("key", Math.max(1, burst / 3));
      if (pause < 0 && !decision.allowed()) {
        Duration wait = decision.retryAfter().orElseThrow();
        long exact = Math.max(1, burst / 3) * 1_000_000_000L / permits;
        assertTrue(wait.toNanos() <= exact * 101 / 100 + 2000, "too long a wait: " + wait);
        clock.advance(wait);
        decision = limiter.tryAcquire("key", Math.max(1, burst / 3));
        assertTrue(decision.allowed());
      }
      if (decision.allowed()) {
        grants.add(new Grant(clock.micros(), Math.max(1, burst / 3)));
        assertNoMoreThan(limit, 0, grants);
      }
    }
  }

  /** The last grant and those before it, in all windows that end with it: burst + rate * (elapsed + skew). */
  private static void assertNoMoreThan(Limit limit, long skewMicros, List<Grant> grants) {
    long sum = 0;
    long end = grants.get(grants.size() - 1).micros();
    for (int i = grants.size() - 1; i >= 0; i--) {
      sum += grants.get(i).permits();
      BigInteger arrived = BigInteger.valueOf(end - grants.get(i).micros() + skewMicros)
          .multiply(BigInteger.valueOf(limit.permits()))
          .divide(BigInteger.valueOf(limit.period().toNanos() / 1000));
      assertTrue(
          BigInteger.valueOf(sum - limit.burst()).compareTo(arrived) <= 0,
          "more than rate plus burst");
    }
  }

  /** A request by one of three machines, and the seconds before it. */
  record Turn(int machine, int seconds, boolean sweep) {}

  @Provide
  Arbitrary<Turn> turns() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(0, 5)),
                Tuple.of(1, Arbitraries.integers().between(0, 130))),
            Arbitraries.of(true, false))
        .as(Turn::new);
  }

  @Property(tries = 300)
  void clocksThatDifferLetPassWhatArrivesInTheDifference(
      @ForAll @IntRange(min = 0, max = 20) int skewSeconds,
      @ForAll @IntRange(min = 0, max = 2) int kind,
      @ForAll @LongRange(min = 1, max = 5) long burst,
      @ForAll @Size(min = 1, max = 80) List<@From("turns") Turn> turns)
      throws SQLException {
    tries++;
    Limit limit = Limit.of(1).per(Duration.ofSeconds(1)).burst(burst);
    SharedTestClock clock = new SharedTestClock();
    List<SharedRateLimiter> machines = new ArrayList<>();
    List<SqlStore> sweepers = new ArrayList<>();
    long[] reading = {0};
    SharedMemoryStore memory =
        new SharedMemoryStore(() -> clock.ahead(reading[0]).instant());
    for (int machine = 0; machine < 3; machine++) {
      long ahead = skewSeconds * 500_000L * machine;
      SqlStore sql = sql(clock.ahead(ahead));
      sweepers.add(sql);
      Store store = switch (kind) {
        case 0 ->
          command -> {
            reading[0] = ahead;
            return memory.apply(command);
          };
        case 1 -> redis().clock(clock.ahead(ahead));
        default -> sql;
      };
      machines.add(limiter(Store.Algorithm.TOKEN_BUCKET, limit, store));
    }
    List<Grant> grants = new ArrayList<>();
    for (Turn turn : turns) {
      clock.advance(Duration.ofSeconds(turn.seconds()));
      if (turn.sweep() && kind == 2) {
        sweepers.get(turn.machine()).deleteIdle();
      }
      if (machines.get(turn.machine()).tryAcquire("key").allowed()) {
        grants.add(new Grant(clock.micros(), 1));
        assertNoMoreThan(limit, skewSeconds * 1_000_000L, grants);
      }
    }
    assertFalse(grants.isEmpty());
  }
}
