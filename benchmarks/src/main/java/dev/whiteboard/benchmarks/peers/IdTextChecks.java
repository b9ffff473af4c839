package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.RateLimitTimes.first;

import dev.whiteboard.benchmarks.peers.IdText.SmallCodes;
import dev.whiteboard.benchmarks.peers.IdText.Trait;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Searches for counter-examples to {@link IdTextLaws}. */
final class IdTextChecks {
  private static final int RANDOM_IDS = 1000;
  private static final int FEW = 20;
  private static final int CODES = 1000;
  private static final List<String> FOREIGN = List.of("!", " ", "\u00e9", "\u0661", "_");

  /** Crockford's. */
  private static final String SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private IdTextChecks() {}

  /** The edges, and numbers of every length up to the largest. */
  private static List<Id> ids(IdText text) {
    Random random = new Random(1);
    return Stream.concat(
            Stream.of(Id.unsigned(0), Id.unsigned(1), Id.unsigned(61), Id.unsigned(62)),
            Stream.concat(
                Stream.generate(() -> below(text.largest(), random)).limit(RANDOM_IDS),
                Stream.of(text.largest())))
        .toList();
  }

  /** The largest is one less than a power of two, so that a shift stays below it. */
  private static Id below(Id largest, Random random) {
    int shift = random.nextInt(Long.SIZE);
    return largest.high() == 0
        ? Id.unsigned((random.nextLong() & largest.low()) >>> shift)
        : new Id(random.nextLong() >>> shift, random.nextLong());
  }

  static Optional<String> lost(IdText text) {
    return first(ids(text).stream(), id -> {
      String written = text.write(id);
      return text.read(written).filter(id::equals).isPresent()
          ? Optional.empty()
          : Optional.of(
              "%s is written %s and read %s".formatted(id, written, words(text.read(written))));
    });
  }

  static Optional<String> unsorted(IdText text) {
    text.require(Trait.SORTS, "its texts do not promise to sort");
    Comparator<Id> order = (a, b) -> a.high() == b.high()
        ? Long.compareUnsigned(a.low(), b.low())
        : Long.compareUnsigned(a.high(), b.high());
    List<Id> sorted = ids(text).stream().distinct().sorted(order).toList();
    return first(IntStream.range(1, sorted.size()).boxed(), i -> {
      String before = text.write(sorted.get(i - 1));
      String after = text.write(sorted.get(i));
      return before.compareTo(after) < 0
          ? Optional.empty()
          : Optional.of("%s is written %s and sorts behind %s, which is %s"
              .formatted(sorted.get(i - 1), before, after, sorted.get(i)));
    });
  }

  static Optional<String> wrongLength(IdText text) {
    text.require(Trait.FIXED_WIDTH, "its texts have many lengths");
    return some(text, id -> {
      String written = text.write(id);
      return accepted(
          text,
          Stream.of(
              "",
              written.substring(1),
              written + written.charAt(0),
              "0" + written,
              written + written));
    });
  }

  static Optional<String> foreign(IdText text) {
    return some(text, id -> {
      String written = text.write(id);
      return accepted(
          text,
          FOREIGN.stream()
              .flatMap(odd -> IntStream.range(0, written.length())
                  .mapToObj(i -> written.substring(0, i) + odd + written.substring(i + 1))));
    });
  }

  static Optional<String> tooLarge(IdText text) {
    if (text.tooLarge().isEmpty()) {
      throw new NotApplicable("none of its texts is too large");
    }
    return accepted(text, text.tooLarge().stream().sorted());
  }

  static Optional<String> misheard(IdText text) {
    text.require(Trait.CROCKFORD, "it is not Crockford's base 32");
    return some(text, id -> {
      String written = text.write(id);
      return Stream.of(
              written.toLowerCase(Locale.ROOT),
              written.replace('1', 'I').replace('0', 'O'),
              written.replace('1', 'l').replace('0', 'o'))
          .filter(spoken -> text.read(spoken).filter(id::equals).isEmpty())
          .findFirst()
          .map(spoken -> "%s is read %s".formatted(spoken, words(text.read(spoken))));
    });
  }

  static Optional<String> mistyped(IdText text) {
    text.require(Trait.CHECKED, "it has no check symbol");
    return some(text, id -> {
      String written = text.write(id);
      return accepted(text, Stream.concat(wrongCharacters(written), swaps(written)));
    });
  }

  private static Stream<String> wrongCharacters(String written) {
    return IntStream.range(0, written.length())
        .boxed()
        .flatMap(i -> SYMBOLS
            .chars()
            .filter(c -> c != written.charAt(i))
            .mapToObj(c -> written.substring(0, i) + (char) c + written.substring(i + 1)));
  }

  private static Stream<String> swaps(String written) {
    return IntStream.range(1, written.length())
        .filter(i -> written.charAt(i) != written.charAt(i - 1))
        .mapToObj(i -> written.substring(0, i - 1)
            + written.charAt(i)
            + written.charAt(i - 1)
            + written.substring(i + 1));
  }

  static Optional<String> shared(IdText text) {
    SmallCodes codes = codes(text);
    Map<String, Integer> numbers = new HashMap<>();
    for (int number = 0; number < codes.size(); number++) {
      String code = codes.encode().apply(number);
      Integer other = numbers.put(code, number);
      if (other != null) {
        return Optional.of("%s is the code of %s and of %s".formatted(code, other, number));
      }
    }
    long lengths = numbers.keySet().stream().map(String::length).distinct().count();
    return lengths == 1
        ? Optional.empty()
        : Optional.of("%,d codes have %s lengths".formatted(codes.size(), lengths));
  }

  /** Of chance codes, half are larger than the one before, with a deviation of 0.9 % of a thousand: 4 % are more than four. */
  static Optional<String> showing(IdText text) {
    List<String> written =
        IntStream.range(0, CODES).mapToObj(i -> codes(text).encode().apply(i)).toList();
    long rises = neighbours(written)
        .filter(i -> written.get(i - 1).compareTo(written.get(i)) < 0)
        .count();
    long alike = neighbours(written)
        .filter(i -> written.get(i - 1).charAt(0) == written.get(i).charAt(0))
        .count();
    return Math.abs(rises - CODES / 2) > CODES / 25 || alike > CODES / 10
        ? Optional.of(
            "of %,d codes, %,d sort behind the one before and %,d begin like it: %s, %s, %s"
                .formatted(CODES, rises, alike, written.get(0), written.get(1), written.get(2)))
        : Optional.empty();
  }

  private static IntStream neighbours(List<String> written) {
    return IntStream.range(1, written.size());
  }

  private static SmallCodes codes(IdText text) {
    return text.codes().orElseThrow(() -> new NotApplicable("it does not hide its numbers"));
  }

  private static Optional<String> some(IdText text, Law.Check<Id> check) {
    return first(ids(text).stream().limit(FEW), check::counterExample);
  }

  /** The first text that is not refused. */
  private static Optional<String> accepted(IdText text, Stream<String> wrong) {
    return first(wrong, odd -> text.read(odd).map(id -> "\"%s\" is read as %s".formatted(odd, id)));
  }

  private static String words(Optional<Id> read) {
    return read.map(id -> "as " + id).orElse("as none");
  }
}
