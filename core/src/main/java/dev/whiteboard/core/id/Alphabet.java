package dev.whiteboard.core.id;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;

/** The symbols of a positional notation, each standing for its index, and the way back with a message that points. */
final class Alphabet {
  private static final byte ABSENT = -1;

  private final String name;
  private final byte[] symbols;
  private final byte[] values = new byte[128];

  /**
   * Makes an alphabet that is read as it is written.
   *
   * @param name what a text of these symbols is, for messages: "base 62"
   * @param symbols distinct ASCII characters
   */
  Alphabet(String name, String symbols) {
    this.name = name;
    this.symbols = symbols.getBytes(ISO_8859_1);
    Arrays.fill(values, ABSENT);
    for (int i = 0; i < symbols.length(); i++) {
      values[symbols.charAt(i)] = (byte) i;
    }
  }

  /**
   * Makes an alphabet that is read in either case.
   *
   * @param lookAlikes pairs of a character and the symbol that it is read as: "O0I1"
   */
  static Alphabet ofEitherCase(String name, String symbols, String lookAlikes) {
    Alphabet alphabet = new Alphabet(name, symbols);
    for (int i = 0; i < symbols.length(); i++) {
      alphabet.values[lower(symbols.charAt(i))] = (byte) i;
    }
    for (int i = 0; i < lookAlikes.length(); i += 2) {
      byte value = alphabet.values[lookAlikes.charAt(i + 1)];
      alphabet.values[lookAlikes.charAt(i)] = value;
      alphabet.values[lower(lookAlikes.charAt(i))] = value;
    }
    return alphabet;
  }

  int size() {
    return symbols.length;
  }

  byte symbol(int value) {
    return symbols[value];
  }

  /** Returns the value of one character, or throws the message that names it and its position. */
  int value(String text, int position) {
    char c = text.charAt(position);
    int value = c < values.length ? values[c] : ABSENT;
    if (value == ABSENT) {
      throw refusal("text must be " + name, text, position);
    }
    return value;
  }

  /** Names a rule, and the place at which {@code text} breaks it; a character that may not print is shown as its number. */
  static IllegalArgumentException refusal(String rule, String text, int position) {
    int c = text.codePointAt(position);
    String shown =
        c > ' ' && c < 127 ? "'" + (char) c + "'" : String.format(Locale.ROOT, "U+%04X", c);
    return new IllegalArgumentException(rule + ", was " + shown + " at position " + position);
  }

  private static char lower(char c) {
    return Character.toLowerCase(c);
  }
}
