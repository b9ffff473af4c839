package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1, bytes 0-0/10",
    "bytes=2-4, 2, 3, bytes 2-4/10",
    "bytes=2-, 2, 8, bytes 2-9/10",
    "bytes=2-99, 2, 8, bytes 2-9/10",
    "bytes=2-99999999999999999999, 2, 8, bytes 2-9/10",
    "bytes=-3, 7, 3, bytes 7-9/10",
    "bytes=-99, 0, 10, bytes 0-9/10"
  })
  void parse_oneRange_isThatPart(String field, int first, int length, String contentRange) {
    ByteRange range = ByteRange.parse(field, 10).orElseThrow();
    assertEquals(new ByteRange(first, length), range);
    assertEquals(contentRange, range.contentRange(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=99999999999999999999-", "bytes=-0"})
  void parse_rangeOutside_hasNoBytes(String field) {
    ByteRange range = ByteRange.parse(field, 10).orElseThrow();
    assertEquals("bytes */10", range.contentRange(10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=4-2", "bytes=0-1,3-4", "items=0-1"})
  void parse_severalOrNonsense_isIgnored(String field) {
    assertEquals(Optional.empty(), ByteRange.parse(field, 10));
  }

  @Test
  void parse_emptyBody_hasNoBytes() {
    assertEquals("bytes */0", ByteRange.parse("bytes=0-", 0).orElseThrow().contentRange(0));
  }
}
