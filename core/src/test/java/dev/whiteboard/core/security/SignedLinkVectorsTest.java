package dev.whiteboard.core.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import dev.whiteboard.core.security.SignedLink.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test cases 1 to 7 of RFC 4231, and links computed with Python's hmac module. */
class SignedLinkVectorsTest {
  private static final String AA_131 = "aa".repeat(131);

  private static byte[] hex(String text) {
    return BaseEncoding.base16().lowerCase().decode(text);
  }

  private static String hmac(String key, String data) {
    return SignedLink.hmac(hex(key)).hashBytes(hex(data)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
        + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "4a656665, 7768617420646f2079612077616e7420666f72206e6f7468696e673f,"
        + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
  })
  void agreesOnShortKeys(String key, String data, String expected) {
    assertEquals(expected, hmac(key, data));
  }

  @Test
  void agreesOnMoreThanABlock() {
    assertEquals(
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        hmac("aa".repeat(20), "dd".repeat(50)));
    assertEquals(
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        hmac("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd".repeat(50)));
  }

  @Test
  void agreesOnTruncation() {
    assertTrue(hmac("0c".repeat(20), "546573742057697468205472756e636174696f6e")
        .startsWith("a3b6167473100ee06e0c796c2955552b"));
  }

  @ParameterizedTest
  @CsvSource({
    "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579"
        + "204669727374,"
        + "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    "5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b65"
        + "7920616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b657920"
        + "6e6565647320746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d"
        + "414320616c676f726974686d2e,"
        + "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
  })
  void agreesOnKeysLongerThanABlock(String data, String expected) {
    assertEquals(expected, hmac(AA_131, data));
  }

  /**
   * The bytes 0 to 31 are the key. The first text that is signed is {@code "signed-link/1\nGET\n/images/abc\n
   * expires=1795435200000\nkey=2026-11\nsize=small"}, the second {@code "signed-link/1\nPUT\n/a%2Fb/%2e%2Ec\n\n
   * b+c=%41\nexpires=1795435200000\nkey=2026-11\nz"}, without the spaces.
   */
  @ParameterizedTest
  @CsvSource({
    "GET, /images/abc?size=small, wUK4YYvxGi2eheoIagIPAzjXNUtdq8Tgb1gs0tIBSx8",
    "PUT, /a%2Fb/%2e%2Ec?z&b+c=%41&, RBbJo8N4TqLizBxcgb0BrL6fcnCecyzqLRqEAZOmhCg"
  })
  void agreesWithPython(String method, String target, String signature) {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    SignedLink links = SignedLink.builder()
        .key("2026-11", secret)
        .clock(InstantSource.fixed(Instant.EPOCH))
        .build();
    String link = target + "&expires=1795435200000&key=2026-11&signature=" + signature;
    assertEquals(link, links.sign(method, target, Instant.ofEpochMilli(1_795_435_200_000L)));
    assertEquals(Verdict.VALID, links.verify(method, link));
  }
}
