package dev.whiteboard.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.core.security.SignedLink.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedLinkTest {
  private static final Instant EXPIRES = Instant.ofEpochMilli(1_795_435_200_000L);

  private Instant now = EXPIRES.minusSeconds(60);
  private final SignedLink links = signer("2026-11");

  private SignedLink signer(String... ids) {
    SignedLink.Builder builder = SignedLink.builder().clock(() -> now);
    for (String id : ids) {
      builder.key(id, secret(id));
    }
    return builder.build();
  }

  private static byte[] secret(String id) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) id.hashCode());
    return secret;
  }

  private static String messageOf(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Nested
  class Signing {
    @Test
    void sign_noQuery_addsOne() {
      assertEquals(
          "/a?expires=1795435200000&key=2026-11&signature=",
          links.sign("/a", EXPIRES).substring(0, 47));
    }

    @Test
    void sign_query_goesOn() {
      assertEquals(
          "/a?b=c&expires=1795435200000&key=2026-11&signature=",
          links.sign("/a?b=c", EXPIRES).substring(0, 51));
    }

    @Test
    void sign_noMethod_isGet() {
      assertEquals(links.sign("/a", EXPIRES), links.sign("GET", "/a", EXPIRES));
      assertNotEquals(links.sign("/a", EXPIRES), links.sign("PUT", "/a", EXPIRES));
    }

    @Test
    void sign_expiryWithinAMillisecond_isRoundedDown() {
      assertEquals(links.sign("/a", EXPIRES), links.sign("/a", EXPIRES.plusNanos(999_999)));
    }

    @Test
    void sign_expiredFromTheStart_isSigned() {
      assertEquals(Verdict.EXPIRED, links.verify(links.sign("/a", Instant.EPOCH)));
    }

    @Test
    void sign_longestExpiry_isValid() {
      Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
      assertEquals(Verdict.VALID, links.verify(links.sign("/a", last)));
    }

    @Test
    void sign_theLongestLink_isValid() {
      int added = links.sign("/", EXPIRES).length() - 1;
      String longest = "/".concat("x".repeat(16_384 - 1 - added));
      String link = links.sign(longest, EXPIRES);
      assertEquals(16_384, link.length());
      assertEquals(Verdict.VALID, links.verify(link));
      assertEquals(
          "target must have at most 16384 characters with its signature, had 16385",
          messageOf(() -> links.sign(longest + "x", EXPIRES)));
    }
  }

  @Nested
  class Verifying {
    private final String link = links.sign("/images/abc?size=small&tag=", EXPIRES);

    @Test
    void verify_untilItExpires_isValid() {
      now = EXPIRES.minusMillis(1);
      assertEquals(Verdict.VALID, links.verify(link));
      now = EXPIRES;
      assertEquals(Verdict.EXPIRED, links.verify(link));
      now = EXPIRES.plusSeconds(100_000_000_000L);
      assertEquals(Verdict.EXPIRED, links.verify(link));
    }

    @Test
    void verify_expiredAndForged_isForged() {
      now = EXPIRES;
      assertEquals(Verdict.FORGED, links.verify(link.replace("small", "large")));
    }

    @Test
    void verify_expiryMovedOn_isForged() {
      assertEquals(Verdict.FORGED, links.verify(link.replace("expires=1", "expires=2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "get", "HEAD", "", "GET\n", "GET /", "ÖT"})
    void verify_anotherMethod_isForged(String method) {
      assertEquals(Verdict.FORGED, links.verify(method, link));
    }

    @Test
    void verify_parametersInAnotherOrder_isValid() {
      String query = link.substring(link.indexOf('?') + 1);
      String[] parts = query.split("&", -1);
      assertEquals(5, parts.length);
      assertEquals(
          Verdict.VALID,
          links.verify("/images/abc?%s&%s&%s&%s&%s"
              .formatted(parts[4], parts[1], parts[3], parts[0], parts[2])));
    }

    /** Each says something else to some server, or might. */
    @ParameterizedTest
    @CsvSource(
        delimiter = ' ',
        value = {
          "/images/abc /images%2Fabc",
          "/images/abc /images/%61bc",
          "/images/abc /images/abc/",
          "/images/abc //images/abc",
          "/images/abc /images/./abc",
          "/images/abc /IMAGES/abc",
          "/images/abc https://a.example/images/abc",
          "size=small size=",
          "size=small size",
          "size=small size=smal%6C",
          "size=small Size=small",
          "size=small s%69ze=small",
          "size=small size=small&size=small",
          "size=small size=small&size=large",
          "size=small size=small&s%69ze=large",
          "size=small size=small&",
          "size=small size=small&&",
          "size=small size=small&x",
          "size=small size=small#x",
          "size=small size=small%",
          "tag= tag",
          "tag= tag=+",
          "expires= %65xpires=",
          "expires= expires=0",
          "expires= expires",
          "key= key=x",
          "key= KEY=",
          "signature= signature=&signature=",
          "signature= signature",
          "signature= Signature=",
          "signature= signature==",
        })
    void verify_anotherText_isForged(String part, String other) {
      String changed = link.replace(part, other);
      assertNotEquals(link, changed);
      assertEquals(Verdict.FORGED, links.verify(changed));
    }

    /** The last character of 43 in base64 carries four bits: three other characters stand for the same bytes. */
    @Test
    void verify_otherTextOfTheSameSignature_isForged() {
      String start = link.substring(0, link.length() - 1);
      String symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
      assertEquals(
          1,
          symbols
              .chars()
              .filter(c -> links.verify(start + (char) c) == Verdict.VALID)
              .count());
      assertEquals(Verdict.FORGED, links.verify(link + "="));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "/",
          "?",
          "/?",
          "/?&",
          "/?=",
          "/?expires=1&key=2026-11",
          "/?expires=1&key=2026-11&signature=",
          "/?expires=&key=2026-11&signature=",
          "/?expires=99999999999999999999&key=2026-11&signature=x",
          "/?expires=1&key=&signature=x",
          "/?expires&key&signature",
          "/?%",
          "/?%=",
          "/?%4",
          "/?%zz",
          "/?%٣٣",
          "/\ud800",
          "\n"
        })
    void verify_notALink_isForged(String target) {
      assertEquals(Verdict.FORGED, links.verify(target));
    }

    @Test
    void verify_ofAnyLength_isForged() {
      assertEquals(Verdict.FORGED, links.verify("/?" + "&".repeat(50_000_000)));
      assertEquals(Verdict.FORGED, links.verify(link + "&" + "x".repeat(16_384)));
    }

    /** A key for links may be used by another program, which signs what no link can be. */
    @Test
    void verify_signedExpiryThatIsNoNumber_isForged() {
      LinkTarget target = LinkTarget.of("/?expires=soon&key=2026-11");
      String signature = SignedLink.signature(SignedLink.hmac(secret("2026-11")), "GET", target);
      assertEquals(
          Verdict.FORGED, links.verify("/?expires=soon&key=2026-11&signature=" + signature));
    }
  }

  @Nested
  class Requests {
    /** Trailing separators, empty values and empty names are signed as they are written. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "/?",
          "/?a",
          "/?a=",
          "/?a&",
          "/?&a",
          "/?=",
          "/?=a",
          "/?a==",
          "/?a=?/:@",
          "/?a+b=1&a%2Bb=2",
          "/a%2fb%2Fc%00",
          "/a//b/",
          "/.../..a/.b",
          "/a;b,c:d@e!$'()*~"
        })
    void verify_oddButClear_isValid(String target) {
      String link = links.sign("DELETE", target, EXPIRES);
      assertEquals(target, link.substring(0, target.length()));
      assertEquals(Verdict.VALID, links.verify("DELETE", link));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "''|'must start with one slash, was '",
          "a|must start with one slash, was a",
          "?a|'must start with one slash, was '",
          "//a.example/b|must start with one slash, was //a.example/b",
          "/a/../b|must not have dot segments, was /a/../b",
          "/.|must not have dot segments, was /.",
          "/%2E%2e?a|must not have dot segments, was /%2E%2e",
          "/.%2e/|must not have dot segments, was /.%2e/",
          "/?a=1&a=2|must not repeat a parameter, was a=2",
          "/?a=1&a=1|must not repeat a parameter, was a=1",
          "/?a=1&%61=2|must not repeat a parameter, was %61=2",
          "/?a+b&a%20b|must not repeat a parameter, was a%20b",
          "/?%C3%A9&%c3%a9|must not repeat a parameter, was %c3%a9",
          "/?a&&|'must not repeat a parameter, was '",
          "/a#b|must be in the characters of a URI without a fragment, was U+0023 at position 2",
          "/a b|must be in the characters of a URI without a fragment, was U+0020 at position 2",
          "/é|must be in the characters of a URI without a fragment, was U+00E9 at position 1",
          "/a\\b|must be in the characters of a URI without a fragment, was U+005C at position 2",
          "/a%|must have two hexadecimal digits after each percent sign, had not at position 2",
          "/%20%4|must have two hexadecimal digits after each percent sign, had not at position 4",
          "/%4g|must have two hexadecimal digits after each percent sign, had not at position 1",
          "/%g4|must have two hexadecimal digits after each percent sign, had not at position 1",
          "/?expires=1|must not have the parameter expires, was expires=1",
          "/?%6Bey|must not have the parameter key, was %6Bey",
          "/?a&signature|must not have the parameter signature, was signature"
        })
    void sign_ambiguous_isRefused(String target, String rule) {
      assertEquals("target " + rule, messageOf(() -> links.sign(target, EXPIRES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET ", "G\nET", "GÉT", "GET/"})
    void sign_noMethod_isRefused(String method) {
      assertEquals(
          "method must be a token of HTTP, was " + method,
          messageOf(() -> links.sign(method, "/", EXPIRES)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "+10000-01-01T00:00:00Z"})
    void sign_expiryOutOfRange_isRefused(String expires) {
      assertEquals(
          "expires must be in [1970-01-01T00:00:00Z, 9999-12-31T23:59:59.999Z], was " + expires,
          messageOf(() -> links.sign("/", Instant.parse(expires))));
    }

    @Test
    void sign_null_isRefused() {
      assertNull("method", () -> links.sign(null, "/", EXPIRES));
      assertNull("target", () -> links.sign(null, EXPIRES));
      assertNull("expires", () -> links.sign("/", null));
      assertNull("method", () -> links.verify(null, "/"));
      assertNull("target", () -> links.verify(null));
    }
  }

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Nested
  class Keys {
    private final SignedLink older = signer("2026-10");
    private final SignedLink both = signer("2026-11", "2026-10");

    @Test
    void sign_twoKeys_usesTheFirst() {
      assertEquals(links.sign("/", EXPIRES), both.sign("/", EXPIRES));
    }

    @Test
    void verify_olderKey_isValidUntilItIsDropped() {
      String link = older.sign("/", EXPIRES);
      assertEquals(Verdict.VALID, both.verify(link));
      assertEquals(Verdict.FORGED, links.verify(link));
    }

    @Test
    void verify_nameOfTheOtherKey_isForged() {
      String link = both.sign("/", EXPIRES);
      assertEquals(Verdict.FORGED, both.verify(link.replace("2026-11", "2026-10")));
    }

    @Test
    void key_changedAfterwards_isTheOld() {
      byte[] secret = secret("2026-11");
      SignedLink copied = SignedLink.builder().key("2026-11", secret).build();
      secret[0]++;
      assertEquals(links.sign("/", EXPIRES), copied.sign("/", EXPIRES));
    }

    @Test
    void key_anyBit_counts() {
      byte[] secret = new byte[65];
      String link = SignedLink.builder().key("a", secret).build().sign("/", EXPIRES);
      secret[64] = 1;
      SignedLink other = SignedLink.builder().key("a", secret).clock(() -> now).build();
      assertEquals(Verdict.FORGED, other.verify(link));
    }

    @Test
    void key_short_isRefused() {
      SignedLink.Builder builder = SignedLink.builder();
      assertEquals(
          "secret must have at least 32 bytes, had 31",
          messageOf(() -> builder.key("a", new byte[31])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a&b", "é", "a\n"})
    void key_oddName_isRefused(String id) {
      SignedLink.Builder builder = SignedLink.builder();
      assertEquals(
          "id must match [A-Za-z0-9._-]{1,64}, was " + id,
          messageOf(() -> builder.key(id, new byte[32])));
    }

    @Test
    void key_longName_isRefused() {
      SignedLink.Builder builder = SignedLink.builder().key("x".repeat(64), new byte[32]);
      assertThrows(IllegalArgumentException.class, () -> builder.key("x".repeat(65), new byte[32]));
    }

    @Test
    void key_twice_isRefused() {
      SignedLink.Builder builder = SignedLink.builder().key("a", new byte[32]);
      assertEquals(
          "id must not be there already, was a", messageOf(() -> builder.key("a", new byte[33])));
    }

    @Test
    void key_null_isRefused() {
      SignedLink.Builder builder = SignedLink.builder();
      assertNull("id", () -> builder.key(null, new byte[32]));
      assertNull("secret", () -> builder.key("a", null));
      assertNull("clock", () -> builder.clock(null));
    }

    @Test
    void build_noKey_isRefused() {
      SignedLink.Builder builder = SignedLink.builder().clock(InstantSource.fixed(EXPIRES));
      assertEquals(
          "there must be at least 1 key, were 0",
          assertThrows(IllegalStateException.class, builder::build).getMessage());
    }

    @Test
    void build_moreKeysLater_areNotSeen() {
      SignedLink.Builder builder = SignedLink.builder().key("2026-11", secret("2026-11"));
      SignedLink first = builder.clock(() -> now).build();
      builder.key("2026-10", secret("2026-10"));
      assertEquals(Verdict.FORGED, first.verify(older.sign("/", EXPIRES)));
    }
  }
}
