package dev.whiteboard.benchmarks.peers;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A way to write ids as text.
 *
 * @param encode writes one
 * @param decode reads one, and throws if it is none
 * @param largest the largest number that can be written; 0 is the smallest
 * @param tooLarge texts of the right length that stand for larger ones; empty if there are none
 * @param codes how many codes of the small kind there are, if the texts hide their numbers
 * @param traits what is said of the texts
 */
record IdText(
    Function<Id, String> encode,
    Function<String, Id> decode,
    Id largest,
    Set<String> tooLarge,
    Optional<SmallCodes> codes,
    Set<Trait> traits) {
  /** What is said of texts. */
  enum Trait {
    /** They have one length. */
    FIXED_WIDTH,

    /** They are read in either case, I and L as 1 and O as 0. */
    CROCKFORD,

    /** They end in a check symbol. */
    CHECKED,

    /** They sort as the ids do. */
    SORTS
  }

  /** All codes of a width that can be listed, by their numbers. */
  record SmallCodes(int size, Function<Integer, String> encode) {}

  static IdText of(
      Function<Id, String> encode, Function<String, Id> decode, Id largest, Trait... traits) {
    return new IdText(encode, decode, largest, Set.of(), Optional.empty(), Set.of(traits));
  }

  IdText withTooLarge(String... texts) {
    return new IdText(encode, decode, largest, Set.of(texts), codes, traits);
  }

  IdText withSmallCodes(int size, Function<Integer, String> small) {
    return new IdText(
        encode, decode, largest, tooLarge, Optional.of(new SmallCodes(size, small)), traits);
  }

  IdText withEncode(Function<Id, String> other) {
    return new IdText(other, decode, largest, tooLarge, codes, traits);
  }

  IdText withDecode(Function<String, Id> other) {
    return new IdText(encode, other, largest, tooLarge, codes, traits);
  }

  String write(Id id) {
    return encode.apply(id);
  }

  /** The id that a text is read as; none if it is refused. */
  Optional<Id> read(String text) {
    try {
      return Optional.of(decode.apply(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Spares a law those texts that are not meant so. */
  void require(Trait trait, String otherwise) {
    if (!traits.contains(trait)) {
      throw new NotApplicable(otherwise);
    }
  }
}
