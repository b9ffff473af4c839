package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {
  @ParameterizedTest
  @CsvSource({
    "200 Mbit/s, 2e8, 200 Mbit/s",
    "1 GB/s, 8e9, 8 Gbit/s",
    "100 KB/s, 8e5, 800 kbit/s",
    "1 KiB/s, 8192, 8.192 kbit/s",
    "86400 B/day, 8, 8 bit/s",
    "0 b/s, 0, 0 bit/s"
  })
  void parse_bitsOrBytes_givesBitsPerSecond(String text, double bits, String written) {
    assertEquals(bits, Bandwidth.parse(text).bitsPerSecond());
    assertEquals(written, Bandwidth.parse(text).toString());
  }

  @Test
  void parse_otherText_saysWhatWasExpectedWhere() {
    assertRefused(
        "cannot read \"5 KB/x\" as a bandwidth: expected s, min, h, day, week, month or year at index 5",
        () -> Bandwidth.parse("5 KB/x"));
    assertRefused(
        "cannot read \"5 KB\" as a bandwidth: expected / and a period at index 4",
        () -> Bandwidth.parse("5 KB"));
  }

  @Test
  void over_aDay_isADayOfData() {
    assertEquals(
        DataSize.parse("172.8 GB"), Bandwidth.parse("2 MB/s").over(TimeSpan.parse("1 day")));
  }

  @Test
  void arithmetic_smallNumbers_isWhatOneExpects() {
    Bandwidth ten = Bandwidth.parse("10 kbit/s");
    assertEquals(1250, ten.bytesPerSecond());
    assertEquals(10_000, ten.bitsPerSecondExact());
    assertEquals(Bandwidth.ofBitsPerSecond(25_000), ten.times(2.5));
    assertEquals(Bandwidth.ofBitsPerSecond(20_000), ten.plus(ten));
    assertTrue(ten.compareTo(Bandwidth.parse("10 KB/s")) < 0);
    assertEquals("77.2 Mbit/s", Bandwidth.ofBitsPerSecond(77_160_493.8).format());
  }

  @Test
  void badInput_isRefused() {
    assertRefused(
        "bitsPerSecond must be finite and >= 0, was NaN",
        () -> Bandwidth.ofBitsPerSecond(Double.NaN));
    assertRefused(
        "factor must be finite and >= 0, was -1.0",
        () -> Bandwidth.parse("1 b/s").times(-1));
    assertThrows(ArithmeticException.class, () -> Bandwidth.parse("0.5 b/s").bitsPerSecondExact());
    assertThrows(ArithmeticException.class, () -> Bandwidth.parse("2 EB/s").bitsPerSecondExact());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
