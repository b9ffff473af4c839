package dev.whiteboard.ratelimit;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes a limit and a decision as HTTP fields.
 *
 * <pre>{@code
 * RateLimit-Policy: "default";q=100;w=60
 * RateLimit: "default";r=50;t=30
 * Retry-After: 30
 * }</pre>
 *
 * <p><b>Idea.</b> The first says what is kept, the second what is left, the third when to come back. The first two are
 * structured fields (RFC 9651); IETF, <i>draft-ietf-httpapi-ratelimit-headers</i>, version 10. Times are whole seconds
 * rounded up, so that whoever waits as told passes. A number above 10^15 - 1, the largest that a field can hold, is
 * written as that.
 *
 * <p><b>Cost.</b> A string. <b>Thread safety.</b> Stateless.
 */
public final class RateLimitHeaders {
  /** The field that names the policy. */
  public static final String POLICY = "RateLimit-Policy";

  /** The field that tells what is left. */
  public static final String RATE_LIMIT = "RateLimit";

  /** The field that tells when to come back. */
  public static final String RETRY_AFTER = "Retry-After";

  /** RFC 9651, 3.3.1: an integer has up to 15 digits. */
  private static final long MAX_INTEGER = 999_999_999_999_999L;

  private RateLimitHeaders() {}

  /**
   * Returns the value of {@code RateLimit-Policy}. A period that is not a whole number of seconds is written as the
   * next longer one that is, with as many permits as arrive in it, rounded down.
   *
   * @param name what clients know the policy by, of printable ASCII characters
   * @param limit what is kept; its burst is not told
   * @return the policy's name, quota and window
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code name} has a character that a field cannot hold
   */
  public static String policy(String name, Limit limit) {
    String quoted = quote(name);
    requireNonNull(limit, "limit");
    long window = seconds(limit.period());
    long rest = Duration.ofSeconds(window).minus(limit.period()).toNanos();
    long quota = Math.min(MAX_INTEGER, limit.permits())
        + Math.min(MAX_INTEGER, Wide.floor(limit.permits(), rest, limit.period().toNanos()));
    return quoted + ";q=" + Math.min(MAX_INTEGER, quota) + ";w=" + window;
  }

  /**
   * Returns the value of {@code RateLimit}. Decide by {@code peek} after the request has taken its permits, to tell
   * what is left for the next.
   *
   * @param name what clients know the policy by, of printable ASCII characters
   * @param decision what the limiter says
   * @return the policy's name, the permits that are left, and the time until all of them are there
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code name} has a character that a field cannot hold
   */
  public static String rateLimit(String name, Decision decision) {
    String quoted = quote(name);
    requireNonNull(decision, "decision");
    return quoted + ";r=" + Math.min(MAX_INTEGER, decision.remaining()) + ";t="
        + seconds(decision.resetAfter());
  }

  /**
   * Returns the value of {@code Retry-After} in seconds, at least 1.
   *
   * @param decision what the limiter says
   * @return the seconds; empty if the request may pass, or never can
   * @throws NullPointerException if {@code decision} is null
   */
  public static Optional<String> retryAfter(Decision decision) {
    requireNonNull(decision, "decision");
    return decision
        .retryAfter()
        .filter(wait -> !decision.allowed())
        .map(wait -> Long.toString(Math.max(1, seconds(wait))));
  }

  /**
   * Returns all fields that a response should carry, in the order of this page.
   *
   * @param name what clients know the policy by, of printable ASCII characters
   * @param limit what is kept
   * @param decision what the limiter says
   * @return names and values of two fields, or three if the request is refused for now
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code name} has a character that a field cannot hold
   */
  public static ImmutableMap<String, String> of(String name, Limit limit, Decision decision) {
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    fields.put(POLICY, policy(name, limit)).put(RATE_LIMIT, rateLimit(name, decision));
    retryAfter(decision).ifPresent(seconds -> fields.put(RETRY_AFTER, seconds));
    return fields.buildOrThrow();
  }

  private static long seconds(Duration duration) {
    return duration.getNano() == 0 ? duration.getSeconds() : duration.getSeconds() + 1;
  }

  /** A string as RFC 9651, 3.3.3 writes it. What a proxy could take for the end of a field is refused. */
  private static String quote(String name) {
    requireNonNull(name, "name");
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      checkArgument(
          c >= ' ' && c <= '~', "name must be printable ASCII, was character %s at %s", (int) c, i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
