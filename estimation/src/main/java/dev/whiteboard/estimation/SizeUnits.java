package dev.whiteboard.estimation;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;

/** How units of data are spelt. */
final class SizeUnits {
  static final String EXPECTED = "a unit such as B, KB, MiB, Mb or Gbit";

  static final String[] DECIMAL = {" B", " KB", " MB", " GB", " TB", " PB", " EB", " ZB", " YB"};

  private static final BigDecimal BIT = new BigDecimal("0.125");

  /** Bytes in each unit: "B" is 1, "kbit" is 125, "KiB" is 1,024. */
  static final ImmutableMap<String, BigDecimal> BYTES = spellings();

  private SizeUnits() {}

  private static ImmutableMap<String, BigDecimal> spellings() {
    ImmutableMap.Builder<String, BigDecimal> bytes = ImmutableMap.builder();
    bytes.put("byte", BigDecimal.ONE).put("bytes", BigDecimal.ONE);
    put(bytes, "", BigDecimal.ONE);
    String prefixes = "KMGTPEZY";
    for (int i = 0; i < prefixes.length(); i++) {
      BigDecimal decimal = BigDecimal.TEN.pow(3 * (i + 1));
      BigDecimal binary = BigDecimal.valueOf(1024).pow(i + 1);
      String prefix = prefixes.substring(i, i + 1);
      put(bytes, prefix, decimal);
      put(bytes, prefix + "i", binary);
      if (i == 0) {
        put(bytes, "k", decimal);
        put(bytes, "ki", binary);
      }
    }
    return bytes.buildOrThrow();
  }

  private static void put(
      ImmutableMap.Builder<String, BigDecimal> bytes, String prefix, BigDecimal factor) {
    BigDecimal bits = factor.multiply(BIT);
    bytes
        .put(prefix + "B", factor)
        .put(prefix + "b", bits)
        .put(prefix + "bit", bits)
        .put(prefix + "bits", bits);
  }
}
