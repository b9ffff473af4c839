package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataSizeTest {
  /** SI and IEC 80000-13; the last four do not fit a {@code long}. */
  @ParameterizedTest
  @CsvSource({
    "0 B, 0",
    "1 KB, 1000",
    "1kB, 1000",
    "1 KiB, 1024",
    "1.5 GiB, 1610612736",
    "2 MB, 2000000",
    "8 Mb, 1000000",
    "8 Mbit, 1000000",
    "8 bits, 1",
    "12 bytes, 12",
    "1 Gbit, 125000000",
    "1 Gib, 134217728",
    "1.1 KB, 1100",
    "1e3 kB, 1e6",
    "  7 TiB  , 7696581394432",
    "9223372036854775807 B, 9223372036854775807",
    "10 EB, 10000000000000000000",
    "8 EiB, 9223372036854775808",
    "1 ZB, 1e21",
    "1 YiB, 1208925819614629174706176"
  })
  void parse_everyKindOfUnit_givesBytes(String text, double bytes) {
    assertEquals(bytes, DataSize.parse(text).bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "'', a number >= 0 at index 0",
    "'-1 B', a number >= 0 at index 0",
    "'NaN B', a number >= 0 at index 0",
    "'5', 'a unit such as B, KB, MiB, Mb or Gbit at index 1'",
    "'5 mB', 'a unit such as B, KB, MiB, Mb or Gbit at index 2'",
    "'5 iB', 'a unit such as B, KB, MiB, Mb or Gbit at index 2'",
    "'1,000 B', 'a unit such as B, KB, MiB, Mb or Gbit at index 1'",
    "'5 KB/x', the end at index 4"
  })
  void parse_otherText_saysWhatWasExpectedWhere(String text, String expected) {
    assertRefused(
        "cannot read \"" + text + "\" as a size: expected " + expected, () -> DataSize.parse(text));
  }

  @Test
  void constructor_notFiniteOrNegative_isRefused() {
    assertRefused("bytes must be finite and >= 0, was NaN", () -> DataSize.ofBytes(Double.NaN));
    assertRefused("bytes must be finite and >= 0, was -1.0", () -> DataSize.ofBytes(-1));
    assertRefused("bytes must be finite and >= 0, was Infinity", () -> DataSize.parse("1e400 B"));
    assertRefused(
        "amount must be finite and >= 0, was -0.5", () -> DataSize.of(-0.5, DataSize.Unit.KB));
    assertRefused(
        "factor must be finite and >= 0, was -2.0", () -> DataSize.ofBytes(1).times(-2));
    assertRefused(
        "divisor must be finite and > 0, was 0.0", () -> DataSize.ofBytes(1).dividedBy(0));
    assertRefused(
        "bytes must be finite and >= 0, was Infinity",
        () -> DataSize.ofBytes(1e308).times(10));
    assertEquals(
        "text",
        assertThrows(NullPointerException.class, () -> DataSize.parse(null)).getMessage());
  }

  @Test
  void constructor_minusZero_isZero() {
    assertEquals(DataSize.ofBytes(0), DataSize.ofBytes(-0.0));
  }

  @Test
  void of_decimalAmount_isNotRoundedInBinary() {
    assertEquals(1100, DataSize.of(1.1, DataSize.Unit.KB).bytes());
    assertEquals(0.125, DataSize.of(1, DataSize.Unit.BIT).bytes());
    assertEquals(1536, DataSize.of(1.5, DataSize.Unit.KIB).bytes());
  }

  @ParameterizedTest
  @EnumSource
  void in_itsOwnUnit_givesTheAmount(DataSize.Unit unit) {
    assertEquals(3, DataSize.of(3, unit).in(unit));
  }

  @Test
  void arithmetic_smallNumbers_isWhatOneExpects() {
    DataSize kilobyte = DataSize.parse("1 KB");
    assertEquals(DataSize.ofBytes(1271), kilobyte.plus(DataSize.ofBytes(271)));
    assertEquals(DataSize.ofBytes(2500), kilobyte.times(2.5));
    assertEquals(DataSize.ofBytes(250), kilobyte.dividedBy(4));
    assertEquals(Bandwidth.parse("8 kbit/s"), kilobyte.per(CalendarUnit.SECOND));
    assertTrue(kilobyte.compareTo(DataSize.parse("1 KiB")) < 0);
  }

  @Test
  void bytesExact_wholeBelow2To63_isGiven() {
    assertEquals(0, DataSize.ofBytes(0).bytesExact());
    assertEquals(1024, DataSize.parse("1 KiB").bytesExact());
    assertEquals(1L << 62, DataSize.parse("4 EiB").bytesExact());
  }

  /** The largest {@code long} is not a double: it is read as 2^63. */
  @ParameterizedTest
  @CsvSource({"1 bit", "9223372036854775807 B", "8 EiB", "10 EB", "1 ZB"})
  void bytesExact_fractionOrOverflow_throwsInsteadOfWrapping(String text) {
    assertThrows(ArithmeticException.class, () -> DataSize.parse(text).bytesExact());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B, 0 B",
    "0.125, 0.125 B, 0.125 B",
    "999, 999 B, 999 B",
    "1000, 1 KB, 1 KB",
    "1271, 1.271 KB, 1.27 KB",
    "1024, 1.024 KB, 1.02 KB",
    "999999, 999.999 KB, 1 MB",
    "457560000000, 457.56 GB, 458 GB",
    "1e30, 1000000 YB, 1000000 YB",
    "1e300, 1E+276 YB, 1E+276 YB",
    "4.9e-324, 5E-324 B, 4.94E-324 B"
  })
  void toStringAndFormat_anySize_useAFittingUnit(double bytes, String exact, String rounded) {
    assertEquals(exact, DataSize.ofBytes(bytes).toString());
    assertEquals(rounded, DataSize.ofBytes(bytes).format());
  }

  /** Before JDK 19, Double.toString(2e23) is 1.9999999999999998E23. */
  @Test
  void toString_everyJdk_usesTheShortestDigits() {
    assertEquals("200 ZB", DataSize.parse("2e23 B").toString());
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
