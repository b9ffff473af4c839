package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private static Decision refused(Duration retryAfter) {
    return new Decision(false, 0, Optional.of(retryAfter), retryAfter);
  }

  /** The examples of the draft's first page. */
  @Test
  void fields_theDraftsExamples_areWrittenAlike() {
    assertEquals(
        "\"burst\";q=100;w=60",
        RateLimitHeaders.policy("burst", Limit.of(100).per(Duration.ofMinutes(1))));
    assertEquals(
        "\"daily\";q=1000;w=86400",
        RateLimitHeaders.policy("daily", Limit.of(1000).per(Duration.ofDays(1))));
    assertEquals(
        "\"default\";r=50;t=30",
        RateLimitHeaders.rateLimit(
            "default", new Decision(true, 50, Optional.of(Duration.ZERO), Duration.ofSeconds(30))));
  }

  @ParameterizedTest
  @CsvSource({"PT1.5S, 133, 2", "PT0.001S, 100000, 1", "PT1S, 100, 1", "PT2.000000001S, 149, 3"})
  void policy_periodInFractionsOfASecond_promisesNoMoreThanArrives(
      Duration period, long quota, long window) {
    assertEquals(
        "\"x\";q=" + quota + ";w=" + window,
        RateLimitHeaders.policy("x", Limit.of(100).per(period)));
  }

  @Test
  void numbers_beyondFifteenDigits_areTheLargestThatAFieldHolds() {
    assertEquals(
        "\"x\";q=999999999999999;w=9223372037",
        RateLimitHeaders.policy("x", new Limit(Long.MAX_VALUE, FOREVER, 1)));
    assertEquals(
        "\"x\";q=999999999999999;w=1728000",
        RateLimitHeaders.policy("x", new Limit(1L << 52, Duration.ofDays(20), 1)));
    assertEquals(
        "\"x\";r=999999999999999;t=9223372037",
        RateLimitHeaders.rateLimit("x", new Decision(true, 1L << 61, Optional.empty(), FOREVER)));
  }

  @Test
  void rateLimit_fractionOfASecond_roundsUp() {
    Decision decision =
        new Decision(true, 7, Optional.of(Duration.ZERO), Duration.ofSeconds(30).plusNanos(1));
    assertEquals("\"x\";r=7;t=31", RateLimitHeaders.rateLimit("x", decision));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0.000000001S, 1",
    "PT1S, 1",
    "PT1.000000001S, 2",
    "PT59.5S, 60",
    "PT2562047H47M16.854775807S, 9223372037"
  })
  void retryAfter_refused_isWholeSecondsRoundedUp(Duration wait, String seconds) {
    assertEquals(Optional.of(seconds), RateLimitHeaders.retryAfter(refused(wait)));
  }

  @Test
  void retryAfter_allowedOrNever_isNotWritten() {
    assertEquals(
        Optional.empty(),
        RateLimitHeaders.retryAfter(
            new Decision(true, 1, Optional.of(Duration.ZERO), Duration.ofSeconds(9))));
    assertEquals(
        Optional.empty(),
        RateLimitHeaders.retryAfter(new Decision(false, 1, Optional.empty(), Duration.ZERO)));
  }

  @Test
  void of_refused_isThreeFieldsInOrder() {
    TestTicker ticker = new TestTicker();
    Limit limit = Limit.of(100).per(Duration.ofMinutes(1));
    FixedWindow window = RateLimiter.fixedWindow(limit).ticker(ticker).build();
    window.tryAcquire(100);
    ticker.advance(Duration.ofMillis(20_500));
    assertEquals(
        List.of(
            "RateLimit-Policy=\"default\";q=100;w=60",
            "RateLimit=\"default\";r=0;t=40",
            "Retry-After=40"),
        RateLimitHeaders.of("default", limit, window.peek(1)).entrySet().stream()
            .map(Object::toString)
            .toList());
  }

  @Test
  void name_quoteAndBackslash_areEscaped() {
    assertEquals(
        "\"a\\\"b\\\\c d~\";q=1;w=1", RateLimitHeaders.policy("a\"b\\c d~", Limit.perSecond(1)));
    assertEquals("\"\";q=1;w=1", RateLimitHeaders.policy("", Limit.perSecond(1)));
  }

  /** What would let a name end its field and start another. */
  @ParameterizedTest
  @ValueSource(ints = {0, '\t', '\n', '\r', 31, 127, 128, 0xe9, 0xd83d})
  void name_characterThatAFieldCannotHold_isRefused(int character) {
    String name = "ab" + (char) character;
    String message = "name must be printable ASCII, was character " + character + " at 2";
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> RateLimitHeaders.policy(name, Limit.perSecond(1)))
            .getMessage());
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> RateLimitHeaders.rateLimit(name, refused(Duration.ZERO)))
            .getMessage());
  }

  @Test
  void arguments_null_areNamed() {
    Limit limit = Limit.perSecond(1);
    assertNull("name", () -> RateLimitHeaders.policy(null, limit));
    assertNull("limit", () -> RateLimitHeaders.policy("x", null));
    assertNull("name", () -> RateLimitHeaders.rateLimit(null, refused(Duration.ZERO)));
    assertNull("decision", () -> RateLimitHeaders.rateLimit("x", null));
    assertNull("decision", () -> RateLimitHeaders.retryAfter(null));
    assertNull("decision", () -> RateLimitHeaders.of("x", limit, null));
  }

  private static void assertNull(String name, org.junit.jupiter.api.function.Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }
}
