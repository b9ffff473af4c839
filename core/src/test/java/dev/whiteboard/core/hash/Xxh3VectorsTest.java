package dev.whiteboard.core.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** XXH3-64 with seed 0, as the C library libxxhash 0.8.1 computes it; among them the rows of the project's own self-test. */
class Xxh3VectorsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 2d06800538d394c2",
    "1, c44bdff4074eecdb",
    "2, 7a9978044cb8a8bb",
    "3, 54247382a8d6b94d",
    "4, e5dc74bc51848a51",
    "5, e4243f00720306bb",
    "6, 27b56a84cd2d7325",
    "7, 9941e0007f555e50",
    "8, 24ccc9acaa9f65e4",
    "9, 14d5001c15dd3f2b",
    "12, a713daf0dfbb77e7",
    "14, 1ac0bbda2b9fcf03",
    "15, 45556d4d6e1798bc",
    "16, 981b17d36c7498c9",
    "17, 796f5acd3a60f862",
    "20, 4bc18275fb46f223",
    "23, e070c50be9861ff8",
    "24, a3fe70bf9d3510eb",
    "31, 5d516692ca764c50",
    "32, 9feaddbdbf57eed3",
    "33, abfb2d081b400a10",
    "34, baa04607c7a24977",
    "48, 397da259ecba1f11",
    "63, 83d74a75f2c2577a",
    "64, 9cb48487720ec49d",
    "65, fd81aac4bebc3883",
    "80, bcdefbbb2c47c90a",
    "96, 935a769a7f94776f",
    "100, 93cd95432b7d483f",
    "127, 2408ed71323d6096",
    "128, fcff24126754d861",
    "129, 98f1b0a679a2ca29",
    "130, 7f6c531cf53eeb30",
    "160, 9d03a319ed4cbd2b",
    "195, cd94217ee362ec3a",
    "200, bddca58935d7c038",
    "222, b9163b558664d356",
    "239, 16ce2b9d3b28805d",
    "240, 81c3c2b67f568ccf",
    "241, c5a639ecd2030e5e",
    "242, 967344e78cb4b723",
    "255, e98f979f4ed8a197",
    "256, 55de574ad89d0ac5",
    "257, b17fd5a8ae75bb0b",
    "304, cb1fb32de8603d38",
    "403, cdeb804d65c6dea4",
    "512, 617e49599013cb6b",
    "513, f7037d3b6722aeec",
    "1024, dd85c9b5c1109c5c",
    "1025, d870c0fa13211c6a",
    "1088, cc1450ea6b52a8f4",
    "2048, dd59e2c3a5f038e0",
    "2367, cb37aeb9e5d361ed"
  })
  void agreesWithLibxxhashAtEveryLength(int length, String expectedHex) {
    byte[] buffer = selfTestBuffer(length);
    assertEquals(parseHex(expectedHex), Xxh3.hash(buffer));
    if (length % 2 == 0) {
      char[] units = new char[length / 2];
      ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(units);
      assertEquals(parseHex(expectedHex), Xxh3.hash(new String(units)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, e6c632b61e964e1f",
    "abc, 78af5f94892f3950",
    "hello, 9555e8555c62dcfd",
    "foo, ab6e5f64077e7d8a",
    "The quick brown fox jumps over the lazy dog, ce7d19a5418fb365",
    "user:1, 3b577afd7fed9501",
    "user:1000000, 9b0d96d91449f8a0",
    "127.0.0.1:11211-0, aae5647e69b0052b"
  })
  void agreesWithLibxxhashOverUtf8Text(String text, String expectedHex) {
    assertEquals(parseHex(expectedHex), Xxh3.hash(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Over the bytes that Python's {@code text.encode("utf-16-le")} returns. */
  @ParameterizedTest
  @CsvSource({
    "a, 0d78baac08237ddb",
    "ab, 50e9fe6f7fb8a296",
    "user:1, 4891b4434a80cc00",
    "user:1000000, edc9bfc32f82c9f8",
    "https://example.com/users/1, 11b3dacdcb679336",
    "The quick brown fox jumps over the lazy dog, 353ebd84cf2bc97f",
    "caf\u00e9, 790e67b8753b3b2b",
    "\u4e16\u754c, 2a87358ddba9506d",
    "\ud834\udd1e clef, aed06cfc3a6ea89e"
  })
  void agreesWithLibxxhashOverUtf16Text(String text, String expectedHex) {
    assertEquals(parseHex(expectedHex), Xxh3.hash(text));
  }

  /** The buffer that the xxHash project tests itself with. */
  private static byte[] selfTestBuffer(int length) {
    byte[] buffer = new byte[length];
    long generator = 2_654_435_761L;
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (generator >>> 56);
      generator *= 0x9E3779B185EBCA8DL;
    }
    return buffer;
  }

  private static long parseHex(String hex) {
    return new BigInteger(hex, 16).longValue();
  }
}
