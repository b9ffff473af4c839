package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperLogLogSizingTest {
  /** The README of svedbg/hll up to a precision of 12, a table by M. Allanson from 13 on; percentages as published. */
  @ParameterizedTest
  @CsvSource({
    "4, 16, 26",
    "5, 32, 18.385",
    "6, 64, 13",
    "8, 256, 6.5",
    "10, 1024, 3.25",
    "11, 2048, 2.298",
    "12, 4096, 1.625",
    "13, 8192, 1.15",
    "14, 16384, 0.81",
    "16, 65536, 0.41",
    "18, 262144, 0.20"
  })
  void standardError_publishedTables_agree(int precision, int registers, double percent) {
    assertEquals(registers, HyperLogLogSizing.registers(precision));
    assertEquals(percent, 100 * HyperLogLogSizing.standardError(precision), 0.005);
  }

  @Test
  void precision_ofAnError_isTheLeastThatSuits() {
    assertEquals(14, HyperLogLogSizing.precision(0.01));
    assertEquals(13, HyperLogLogSizing.precision(0.0115));
    assertEquals(4, HyperLogLogSizing.precision(0.26));
    assertEquals(5, HyperLogLogSizing.precision(0.2599));
    assertEquals(4, HyperLogLogSizing.precision(1e9));
    assertEquals(18, HyperLogLogSizing.precision(0.00203125));
  }

  @Test
  void memory_sixBitsForEachRegister() {
    assertEquals(DataSize.ofBytes(12), HyperLogLogSizing.memory(4));
    assertEquals(DataSize.ofBytes(12_288), HyperLogLogSizing.memory(14));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused("precision must be in [4, 18], was 3", () -> HyperLogLogSizing.standardError(3));
    assertRefused("precision must be in [4, 18], was 19", () -> HyperLogLogSizing.registers(19));
    assertRefused("precision must be in [4, 18], was 0", () -> HyperLogLogSizing.memory(0));
    assertRefused(
        "standardError must be finite and >= 0.00203125, was 0.002",
        () -> HyperLogLogSizing.precision(0.002));
    assertRefused(
        "standardError must be finite and >= 0.00203125, was NaN",
        () -> HyperLogLogSizing.precision(Double.NaN));
    assertRefused(
        "standardError must be finite and >= 0.00203125, was Infinity",
        () -> HyperLogLogSizing.precision(Double.POSITIVE_INFINITY));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
