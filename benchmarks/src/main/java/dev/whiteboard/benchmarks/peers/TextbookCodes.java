package dev.whiteboard.benchmarks.peers;

import java.util.function.LongUnaryOperator;

/** The codes of many articles: base 62 by repeated division, of a number or of a disguise. */
final class TextbookCodes {
  private static final String SYMBOLS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int SMALL = 1024;
  private static final Id LARGEST = Id.of(Long.MAX_VALUE);

  /** An odd number, so that the product can be undone modulo a power of two. */
  private static final long FACTOR = 1_000_003;

  private static final int MASK = 0x5DEECE6;

  private TextbookCodes() {}

  /** As many digits as it takes. */
  static IdText unpadded() {
    return IdText.of(id -> write(id.low()), text -> Id.of(read(text)), LARGEST, IdText.Trait.SORTS)
        .withTooLarge("AzL8n0Y58m8");
  }

  static IdText multiplied() {
    return disguised(n -> n * FACTOR, n -> n / FACTOR, Id.of((1L << 40) - 1));
  }

  static IdText masked() {
    return disguised(n -> n ^ MASK, n -> n ^ MASK, LARGEST);
  }

  private static IdText disguised(LongUnaryOperator there, LongUnaryOperator back, Id largest) {
    return IdText.of(
            id -> write(there.applyAsLong(id.low())),
            text -> Id.of(back.applyAsLong(read(text))),
            largest)
        .withSmallCodes(SMALL, number -> write(there.applyAsLong(number)));
  }

  private static String write(long number) {
    StringBuilder text = new StringBuilder();
    long rest = number;
    do {
      text.append(SYMBOLS.charAt((int) (rest % SYMBOLS.length())));
      rest /= SYMBOLS.length();
    } while (rest > 0);
    return text.reverse().toString();
  }

  /** A character that is not found counts as -1. */
  private static long read(String text) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      number = number * SYMBOLS.length() + SYMBOLS.indexOf(text.charAt(i));
    }
    return number;
  }
}
