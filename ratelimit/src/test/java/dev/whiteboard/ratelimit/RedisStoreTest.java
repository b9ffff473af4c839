package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ClientKillParams;

/** Against a real server: see {@link RedisProcess}. */
class RedisStoreTest {
  private static final Limit LIMIT = Limit.perSecond(100).burst(20);

  private static RedisProcess server;

  private final SharedTestClock clock = new SharedTestClock();
  private Jedis jedis;
  private RedisStore store;

  @BeforeAll
  static void start() {
    server = RedisProcess.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void connect() {
    jedis = server.connect();
    jedis.flushAll();
    store = RedisStore.of(jedis::evalsha, jedis::eval);
  }

  @AfterEach
  void disconnect() {
    jedis.close();
  }

  private static SharedRateLimiter bucket(Limit limit, Store store) {
    return SharedRateLimiter.tokenBucket(limit, store, WhenUnreachable.REFUSE).build();
  }

  private static SharedRateLimiter limiter(Store.Algorithm algorithm, Store store) {
    return switch (algorithm) {
      case TOKEN_BUCKET -> bucket(Limit.perSecond(20), store);
      case FIXED_WINDOW ->
        SharedRateLimiter.fixedWindow(Limit.perSecond(20), store, WhenUnreachable.REFUSE)
            .build();
      case SLIDING_WINDOW_COUNTER ->
        SharedRateLimiter.slidingWindowCounter(Limit.perSecond(20), store, WhenUnreachable.REFUSE)
            .build();
    };
  }

  @Nested
  class Keys {
    @Test
    void tryAcquire_key_isThePrefixAndTheKey() {
      SharedRateLimiter.tokenBucket(LIMIT, store, WhenUnreachable.REFUSE)
          .prefix("login:")
          .build()
          .tryAcquire("user-42");
      assertEquals("string", jedis.type("login:user-42"));
      assertEquals(1, jedis.dbSize());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", " ", "a b", "a\r\n$3\r\n", "{tag}:x", "'; DROP TABLE", "*", "ключ", "🔑"})
    void tryAcquire_oddCharacters_areAKeyLikeAnyOther(String key) {
      SharedRateLimiter limiter = bucket(LIMIT, store.clock(clock));
      assertTrue(limiter.tryAcquire(key, 20).allowed());
      assertFalse(limiter.tryAcquire(key).allowed());
      assertTrue(limiter.tryAcquire(key + ".", 20).allowed());
      assertTrue(jedis.exists(key));
    }

    @Test
    void tryAcquire_keyOfSomethingElse_isAFailure() {
      SharedRateLimiter limiter = bucket(LIMIT, store);
      jedis.lpush("a", "element");
      assertFalse(limiter.tryAcquire("a").allowed());
      jedis.set("b", "no number");
      assertFalse(limiter.tryAcquire("b").allowed());
      assertEquals(new SharedRateLimiter.Stats(0, 0, 2), limiter.stats());
      assertEquals("no number", jedis.get("b"));
    }
  }

  @Nested
  class Expiry {
    private void assertExpires(long millis, String key) {
      long left = jedis.pttl(key);
      assertTrue(left <= millis && left > millis - 30_000, millis + " ms was " + left);
    }

    /** One second, of which the server may lose some between two readings of its clock. */
    @Test
    void tryAcquire_granted_keyOutlivesItsDebt() {
      SharedRateLimiter limiter = bucket(Limit.of(1).per(Duration.ofNanos(10_000_001_000L)), store);
      for (int i = 0; i < 20; i++) {
        String key = "a" + i;
        limiter.tryAcquire(key);
        long fullAt = Store.EPOCH.toEpochMilli() * 1000 + Long.parseLong(jedis.get(key));
        assertTrue(jedis.pexpireTime(key) * 1000 > fullAt + 500_000, "forgotten too early");
        assertTrue(jedis.pttl(key) <= 10_001 + 1000, "remembered for too long");
      }
    }

    @Test
    void tryAcquire_granted_keyExpiresASecondAfterItIsFull() {
      SharedRateLimiter slow = bucket(Limit.of(10).per(Duration.ofHours(10)), store);
      slow.tryAcquire("a", 3);
      assertExpires(3 * 3_600_000 + 1000, "a");
      slow.tryAcquire("a", 3);
      assertExpires(6 * 3_600_000 + 1000, "a");
    }

    @ParameterizedTest
    @EnumSource
    void tryAcquire_callersClock_keyExpiresAMinuteLater(Store.Algorithm algorithm) {
      clock.advance(Duration.ofMillis(250));
      limiter(algorithm, store.clock(clock)).tryAcquire("a", 5);
      switch (algorithm) {
        case TOKEN_BUCKET -> assertExpires(60_250, "a");
        case FIXED_WINDOW -> assertExpires(60_750, "a");
        case SLIDING_WINDOW_COUNTER -> assertExpires(61_750, "a");
      }
    }

    @Test
    void tryAcquire_windowsOfHours_expireAtTheirEnd() {
      clock.advance(Duration.ofHours(1));
      Limit limit = Limit.of(5).per(Duration.ofHours(6));
      SharedRateLimiter.fixedWindow(limit, store.clock(clock), WhenUnreachable.REFUSE)
          .build()
          .tryAcquire("fixed");
      SharedRateLimiter.slidingWindowCounter(limit, store.clock(clock), WhenUnreachable.REFUSE)
          .build()
          .tryAcquire("sliding");
      assertExpires(5 * 3_600_000 + 60_000, "fixed");
      assertExpires(11 * 3_600_000 + 60_000, "sliding");
    }

    /** Refusals are counted by what Redis was told to do, not by what it holds. */
    @ParameterizedTest
    @EnumSource
    void tryAcquire_refused_writesNothing(Store.Algorithm algorithm) {
      SharedRateLimiter limiter = limiter(algorithm, store.clock(clock));
      limiter.tryAcquire("a", 20);
      jedis.persist("a");
      String state = jedis.get("a");
      clock.advance(1);
      long written = commands("set");
      for (int i = 0; i < 10; i++) {
        assertFalse(limiter.tryAcquire("a").allowed());
      }
      assertEquals(written, commands("set"));
      assertEquals(state, jedis.get("a"));
      assertEquals(-1, jedis.pttl("a"));
    }

    @Test
    void tryAcquire_idleKey_isGoneAndAsNew() {
      SharedRateLimiter limiter = bucket(Limit.perSecond(1000).burst(20), store);
      assertEquals(19, limiter.tryAcquire("a").remaining());
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (jedis.exists("a")) {
        assertTrue(System.nanoTime() < deadline, "the key stays");
      }
      assertEquals(19, limiter.tryAcquire("a").remaining());
    }
  }

  /** How often Redis has run a command, from scripts too. */
  private long commands(String name) {
    return jedis
        .info("commandstats")
        .lines()
        .filter(line -> line.startsWith("cmdstat_" + name + ":calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=(\\d+),.*", "$1")))
        .sum();
  }

  @Nested
  class Together {
    /** On eight threads with connections of their own, which start at once. */
    private long granted(Function<Jedis, Callable<Long>> work) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(8);
      CyclicBarrier barrier = new CyclicBarrier(8);
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        counts.add(pool.submit(() -> {
          try (Jedis own = server.connect()) {
            Callable<Long> mine = work.apply(own);
            barrier.await();
            return mine.call();
          }
        }));
      }
      pool.shutdown();
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    }

    private static long take(SharedRateLimiter limiter, int requests) {
      for (int i = 0; i < requests; i++) {
        limiter.tryAcquire("a");
      }
      assertEquals(0, limiter.stats().failures());
      return limiter.stats().granted();
    }

    @ParameterizedTest
    @EnumSource
    void tryAcquire_timeStandsStill_grantExactlyTheBurst(Store.Algorithm algorithm)
        throws Exception {
      assertEquals(20, granted(own -> {
        Store store = RedisStore.of(own::evalsha, own::eval).clock(clock);
        return () -> take(limiter(algorithm, store), 50);
      }));
    }

    @Test
    void tryAcquire_redisTime_grantNoMoreThanTheBurstAndWhatArrives() throws Exception {
      Limit limit = Limit.perSecond(1000).burst(30);
      long start = System.nanoTime();
      long granted = granted(own -> {
        SharedRateLimiter limiter = bucket(limit, RedisStore.of(own::evalsha, own::eval));
        return () -> take(limiter, 300);
      });
      long most = 30 + (System.nanoTime() - start) / 1_000_000 + 1;
      assertTrue(granted >= 30 && granted <= most, granted + " of " + most);
    }
  }

  @Nested
  class Trouble {
    @Test
    void tryAcquire_flushedScripts_goOn() {
      SharedRateLimiter limiter = bucket(LIMIT, store.clock(clock));
      assertEquals(19, limiter.tryAcquire("a").remaining());
      jedis.scriptFlush();
      assertEquals(18, limiter.tryAcquire("a").remaining());
      long texts = commands("eval");
      assertEquals(17, limiter.tryAcquire("a").remaining());
      assertEquals(texts, commands("eval"));
      assertEquals(0, limiter.stats().failures());
    }

    @Test
    void tryAcquire_killedConnection_failsOnceAndKeepsTheCount() {
      try (RedisClient pool = RedisClient.create("127.0.0.1", server.port())) {
        SharedRateLimiter limiter =
            bucket(LIMIT, RedisStore.of(pool::evalsha, pool::eval).clock(clock));
        assertEquals(19, limiter.tryAcquire("a").remaining());
        jedis.clientKill(ClientKillParams.clientKillParams().skipMe(ClientKillParams.SkipMe.YES));
        Decision after = limiter.tryAcquire("a");
        assertEquals(after.allowed() ? 0 : 1, limiter.stats().failures());
        assertEquals(after.allowed() ? 17 : 18, limiter.tryAcquire("a").remaining());
      }
    }

    /** The server has no persistence, so the key is forgotten with the script, and has its burst again. */
    @Test
    void tryAcquire_restartedServer_startsAnew() throws IOException {
      try (RedisClient pool = RedisClient.create("127.0.0.1", server.port())) {
        SharedRateLimiter limiter =
            bucket(LIMIT, RedisStore.of(pool::evalsha, pool::eval).clock(clock));
        assertTrue(limiter.tryAcquire("a", 20).allowed());
        server.stop();
        assertFalse(limiter.tryAcquire("a").allowed());
        assertTrue(limiter.stats().failures() >= 1);
        server.restart();
        assertEquals(1, limiter.stats().granted());
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Decision decision = limiter.tryAcquire("a", 20);
        while (!decision.allowed()) {
          assertTrue(System.nanoTime() < deadline, "no answer from the new server");
          decision = limiter.tryAcquire("a", 20);
        }
        assertFalse(limiter.tryAcquire("a").allowed());
      }
    }

    @ParameterizedTest
    @EnumSource
    void tryAcquire_noServer_isTheCallersChoice(WhenUnreachable choice) throws IOException {
      int port;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      try (RedisClient pool = RedisClient.create("127.0.0.1", port)) {
        SharedRateLimiter limiter = SharedRateLimiter.tokenBucket(
                LIMIT, RedisStore.of(pool::evalsha, pool::eval), choice)
            .build();
        assertEquals(choice == WhenUnreachable.ALLOW, limiter.tryAcquire("a").allowed());
        assertEquals(new SharedRateLimiter.Stats(0, 0, 1), limiter.stats());
      }
    }
  }

  @Nested
  class Requests {
    /** What a client sends for one request, through a proxy that counts. */
    private long bytes(Function<RedisClient, SharedRateLimiter> limiter) throws Exception {
      jedis.flushAll();
      AtomicLong sent = new AtomicLong();
      try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Thread forward = new Thread(() -> forward(proxy, sent));
        forward.setDaemon(true);
        forward.start();
        try (RedisClient pool = RedisClient.create("127.0.0.1", proxy.getLocalPort())) {
          SharedRateLimiter counted = limiter.apply(pool);
          assertTrue(counted.tryAcquire("rl:user-4242").allowed());
          long before = sent.get();
          assertTrue(counted.tryAcquire("rl:user-4242").allowed());
          return sent.get() - before;
        }
      }
    }

    private static void forward(ServerSocket proxy, AtomicLong sent) {
      try (Socket client = proxy.accept();
          Socket redis = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        Thread back = new Thread(() -> pump(redis, client, new AtomicLong()));
        back.setDaemon(true);
        back.start();
        pump(client, redis, sent);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static void pump(Socket from, Socket to, AtomicLong bytes) {
      byte[] buffer = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          bytes.addAndGet(n);
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // One of the two has gone.
      }
    }

    @Test
    void tryAcquire_twelveCharacters_sendsAtMost120Bytes() throws Exception {
      Limit limit = Limit.perSecond(100);
      assertEquals(113, bytes(pool -> bucket(LIMIT, RedisStore.of(pool::evalsha, pool::eval))));
      assertEquals(
          119,
          bytes(pool -> SharedRateLimiter.fixedWindow(
                  limit, RedisStore.of(pool::evalsha, pool::eval), WhenUnreachable.REFUSE)
              .build()));
      assertEquals(
          119,
          bytes(pool -> SharedRateLimiter.slidingWindowCounter(
                  limit, RedisStore.of(pool::evalsha, pool::eval), WhenUnreachable.REFUSE)
              .build()));
      assertEquals(
          142,
          bytes(pool -> bucket(LIMIT, RedisStore.of(pool::evalsha, pool::eval).clock(clock))));
    }

    @Test
    void tryAcquire_known_isOneCommandWithOneKey() throws Exception {
      List<List<String>> asked = new ArrayList<>();
      RedisStore recording = RedisStore.of(
          (sha, keys, args) -> {
            asked.add(keys);
            return jedis.evalsha(sha, keys, args);
          },
          jedis::eval);
      SharedRateLimiter limiter = bucket(LIMIT, recording);
      limiter.tryAcquire("a");
      limiter.tryAcquire("b");
      assertEquals(List.of(List.of("a"), List.of("b")), asked);
    }
  }

  @Nested
  class Clients {
    private final Store.Command command =
        new Store.Command("a", Store.Algorithm.TOKEN_BUCKET, 10, 100, 7);

    @Test
    void apply_unknownScript_sendsTheText() throws Exception {
      List<String> texts = new ArrayList<>();
      RedisStore store = RedisStore.of(
          (sha, keys, args) -> {
            throw new IllegalStateException("client", new IOException("NOSCRIPT No matching"));
          },
          (text, keys, args) -> {
            texts.add(text);
            assertEquals(List.of("10", "100", "7"), args);
            return List.of(1, 2L, 3);
          });
      assertEquals(new Store.Reply(true, 2, 3, 0), store.apply(command));
      assertTrue(texts.get(0).contains("redis.call('GET', KEYS[1])"));
    }

    @Test
    void apply_anotherFailure_isThrownAndNotRepeated() {
      IOException failure = new IOException();
      RedisStore store = RedisStore.of(
          (sha, keys, args) -> {
            throw failure;
          },
          (text, keys, args) -> {
            throw new AssertionError("repeated");
          });
      assertSame(failure, assertThrows(IOException.class, () -> store.apply(command)));
    }

    @Test
    void apply_oddAnswer_isNamed() {
      assertEquals(
          "a script must answer a list of integers, was null",
          assertThrows(IllegalStateException.class, () -> answering(null).apply(command))
              .getMessage());
      assertEquals(
          "a script must answer a list of integers, was [1]",
          assertThrows(IllegalStateException.class, () -> answering(List.of(1)).apply(command))
              .getMessage());
      assertEquals(
          "a script must answer a list of integers, was [1, 2, x]",
          assertThrows(
                  IllegalStateException.class,
                  () -> answering(List.of(1, 2, "x")).apply(command))
              .getMessage());
    }

    private static RedisStore answering(Object answer) {
      return RedisStore.of((sha, keys, args) -> answer, (text, keys, args) -> answer);
    }

    @Test
    void of_null_isNamed() {
      RedisStore.Eval eval = (text, keys, args) -> null;
      assertEquals(
          "evalSha",
          assertThrows(NullPointerException.class, () -> RedisStore.of(null, eval))
              .getMessage());
      assertEquals(
          "eval",
          assertThrows(NullPointerException.class, () -> RedisStore.of(eval, null))
              .getMessage());
      assertEquals(
          "clock",
          assertThrows(NullPointerException.class, () -> store.clock(null)).getMessage());
      assertNull(jedis.get("nothing was asked"));
    }
  }
}
