package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Ticker;
import dev.whiteboard.benchmarks.designs.http.Call;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.ratelimit.Decision;
import dev.whiteboard.ratelimit.FlatRateLimiter;
import dev.whiteboard.ratelimit.KeyedRateLimiter;
import dev.whiteboard.ratelimit.Limit;
import dev.whiteboard.ratelimit.RateLimitHeaders;
import java.time.Duration;

/**
 * How much a client may ask for. Users are few and known, so each has an entry; addresses are whatever an attacker can
 * invent, so they share a table of fixed size.
 */
final class Limits {
  /**
   * How much.
   *
   * @param uploads for each user
   * @param reads for each address
   * @param signIns for each address: each costs us a slow hash, and them a guess
   */
  record Settings(Limit uploads, Limit reads, Limit signIns) {
    static final Settings DEFAULT = new Settings(
        Limit.of(60).per(Duration.ofMinutes(1)).burst(30),
        Limit.of(100).per(Duration.ofSeconds(1)).burst(500),
        Limit.of(10).per(Duration.ofMinutes(1)).burst(10));
  }

  private static final int ADDRESSES = 100_000;

  private final KeyedRateLimiter<Long> uploads;
  private final FlatRateLimiter reads;
  private final FlatRateLimiter signIns;

  Limits(Settings settings, Ticker ticker) {
    uploads = KeyedRateLimiter.builder(settings.uploads).ticker(ticker).build();
    reads = FlatRateLimiter.builder(settings.reads, ADDRESSES).ticker(ticker).build();
    signIns =
        FlatRateLimiter.builder(settings.signIns, ADDRESSES).ticker(ticker).build();
  }

  /** Counts an upload, and tells the user what is left. */
  void upload(Call call, long userId) {
    boolean granted = uploads.tryAcquire(userId);
    tell(call, "uploads", uploads.limit(), granted, uploads.peek(userId, 1));
  }

  /** Counts a read, and tells the client what is left. */
  void read(Call call) {
    byAddress(call, "reads", reads);
  }

  /** Counts a sign-in or sign-up. */
  void signIn(Call call) {
    byAddress(call, "sign-ins", signIns);
  }

  private static void byAddress(Call call, String name, FlatRateLimiter limiter) {
    long address = Xxh3.hash(call.address());
    boolean granted = limiter.tryAcquire(address);
    tell(call, name, limiter.limit(), granted, limiter.peek(address, 1));
  }

  private static void tell(Call call, String name, Limit limit, boolean granted, Decision next) {
    call.set(RateLimitHeaders.of(name, limit, next));
    if (!granted) {
      throw Problem.of(429, "too many " + name + ": wait as long as Retry-After says");
    }
  }
}
