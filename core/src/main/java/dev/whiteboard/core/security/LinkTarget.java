package dev.whiteboard.core.security;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A path and its parameters, each in the text that was given, in an order that does not depend on the link's.
 *
 * <p>Only parameter names are decoded, and only to sort them and to find two that are one: what is signed is the text
 * itself. So no two programs can disagree about what an escape stands for and still agree about the signature.
 *
 * <p><b>Thread safety.</b> Immutable once made.
 *
 * @param path what stands before the question mark, or everything
 * @param parameters from the decoded name, a character for each byte, to the parameter as it is written
 */
record LinkTarget(String path, SortedMap<String, String> parameters) {
  /** Twice what servers read of a request line. It bounds what a hostile link costs. */
  static final int MOST_CHARACTERS = 16_384;

  /** RFC 3986, sections 2.2 and 2.3, and the percent sign. The number sign is missing: a fragment is never sent. */
  private static final CharMatcher OF_A_URI = CharMatcher.inRange('a', 'z')
      .or(CharMatcher.inRange('A', 'Z'))
      .or(CharMatcher.inRange('0', '9'))
      .or(CharMatcher.anyOf("-._~:/?[]@!$&'()*+,;=%"))
      .precomputed();

  private static final CharMatcher NOT_OF_A_URI = OF_A_URI.negate();

  /** Throws IllegalArgumentException if it is not a target that client and server read alike. */
  static LinkTarget of(String target) {
    checkLength(target);
    checkCharacters(target);
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    checkPath(path);
    SortedMap<String, String> parameters = new TreeMap<>();
    if (question >= 0) {
      for (String parameter : Splitter.on('&').split(target.substring(question + 1))) {
        String name = nameOf(parameter);
        checkArgument(
            parameters.putIfAbsent(name, parameter) == null,
            "target must not repeat a parameter, was %s",
            parameter);
      }
    }
    return new LinkTarget(path, parameters);
  }

  static void checkLength(String target) {
    checkArgument(
        target.length() <= MOST_CHARACTERS,
        "target must have at most %s characters with its signature, had %s",
        MOST_CHARACTERS,
        target.length());
  }

  /** What the parameter says, if it is there and its name is written without escapes. */
  Optional<String> value(String name) {
    String start = name + "=";
    return Optional.ofNullable(parameters.get(name))
        .filter(parameter -> parameter.startsWith(start))
        .map(parameter -> parameter.substring(start.length()));
  }

  private static void checkCharacters(String target) {
    int foreign = NOT_OF_A_URI.indexIn(target);
    if (foreign >= 0) {
      throw new IllegalArgumentException(
          "target must be in the characters of a URI without a fragment, was U+%04X at position %d"
              .formatted((int) target.charAt(foreign), foreign));
    }
    for (int i = target.indexOf('%'); i >= 0; i = target.indexOf('%', i + 1)) {
      checkArgument(
          i + 2 < target.length() && isHex(target.charAt(i + 1)) && isHex(target.charAt(i + 2)),
          "target must have two hexadecimal digits after each percent sign, had not at position %s",
          i);
    }
  }

  /** Character.digit knows more digits than those of ASCII; here they cannot occur any more. */
  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }

  /** Clients resolve dot segments, escaped ones too, before they ask; and take two slashes for the start of a host. */
  private static void checkPath(String path) {
    checkArgument(
        path.startsWith("/") && !path.startsWith("//"),
        "target must start with one slash, was %s",
        path);
    for (String segment : Splitter.on('/').split(path)) {
      String decoded = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      checkArgument(
          !decoded.equals(".") && !decoded.equals(".."),
          "target must not have dot segments, was %s",
          path);
    }
  }

  private static String nameOf(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    StringBuilder decoded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '%') {
        decoded.append((char) Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        decoded.append(c == '+' ? ' ' : c);
      }
    }
    return decoded.toString();
  }
}
