package dev.whiteboard.benchmarks.peers;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** A generator as the laws see it. */
@FunctionalInterface
interface IdSource {
  /** Issues an id. An exception says that it issues none now. */
  Id next();

  /** What a generator says of its ids. */
  enum Trait {
    /** Each is larger than the one before. */
    RISES,

    /** A part is drawn at random, so that they cannot be guessed. */
    RANDOM,

    /** They are UUIDs of version 7. */
    VERSION_7
  }

  /** Builds a generator. */
  @FunctionalInterface
  interface Factory {
    /** Those that have no node number leave it alone. */
    IdSource of(long node, IdClock clock);
  }

  /**
   * Something that should be refused.
   *
   * @param what it is
   * @param word what the refusal should name
   * @param build tries it
   */
  record Misuse(String what, String word, Supplier<?> build) {}

  /**
   * How to build generators of a kind.
   *
   * @param factory builds one
   * @param unnumbered builds one without a node number; empty if nobody can
   * @param maxNode the largest node number; 0 if there is none
   * @param bits the width of its ids
   * @param leadMillis how far the time in an id may be from the clock
   * @param millisOf reads the time out of an id; empty if there is none
   * @param misuses what should be refused
   * @param traits what it says of its ids
   */
  record Kind(
      Factory factory,
      Optional<Factory> unnumbered,
      long maxNode,
      int bits,
      long leadMillis,
      Optional<ToLongFunction<Id>> millisOf,
      List<Misuse> misuses,
      ImmutableSet<Trait> traits) {
    private static final int UUID_BITS = 128;

    /** How far ahead a generator may be that does not say how far it may be. */
    private static final long DEFAULT_LEAD_MILLIS = 1000;

    /** Rising numbers of numbered nodes. */
    static Kind numbered(long maxNode, Factory factory) {
      return new Kind(
          factory,
          Optional.empty(),
          maxNode,
          Long.SIZE - 1,
          DEFAULT_LEAD_MILLIS,
          Optional.empty(),
          List.of(),
          ImmutableSet.of(Trait.RISES));
    }

    /** Ids of 128 bits that need no node number, because they have random bits instead. */
    static Kind random(Factory factory) {
      return new Kind(
          factory,
          Optional.of(factory),
          0,
          UUID_BITS,
          DEFAULT_LEAD_MILLIS,
          Optional.empty(),
          List.of(),
          ImmutableSet.of(Trait.RANDOM));
    }

    Kind withFactory(Factory other) {
      return new Kind(other, unnumbered, maxNode, bits, leadMillis, millisOf, misuses, traits);
    }

    Kind withUnnumbered(Factory other) {
      return new Kind(
          factory, Optional.of(other), maxNode, bits, leadMillis, millisOf, misuses, traits);
    }

    Kind withBits(int width) {
      return new Kind(factory, unnumbered, maxNode, width, leadMillis, millisOf, misuses, traits);
    }

    Kind withLeadMillis(long lead) {
      return new Kind(factory, unnumbered, maxNode, bits, lead, millisOf, misuses, traits);
    }

    Kind withMillisOf(ToLongFunction<Id> reader) {
      return new Kind(
          factory, unnumbered, maxNode, bits, leadMillis, Optional.of(reader), misuses, traits);
    }

    Kind withMisuses(Misuse... wrong) {
      return new Kind(
          factory, unnumbered, maxNode, bits, leadMillis, millisOf, List.of(wrong), traits);
    }

    Kind with(Trait trait) {
      ImmutableSet<Trait> more = Sets.union(traits, ImmutableSet.of(trait)).immutableCopy();
      return new Kind(factory, unnumbered, maxNode, bits, leadMillis, millisOf, misuses, more);
    }

    /** Reads the time out of an id, if its kind has one. */
    long millisOf(Id id) {
      return millisOf
          .orElseThrow(() -> new NotApplicable("its ids have no time"))
          .applyAsLong(id);
    }

    boolean is(Trait trait) {
      return traits.contains(trait);
    }

    /** Spares a law those whose ids are not meant so. */
    void require(Trait trait, String otherwise) {
      if (!is(trait)) {
        throw new NotApplicable(otherwise);
      }
    }

    void requireClock() {
      if (millisOf.isEmpty()) {
        throw new NotApplicable("it reads no clock");
      }
    }
  }
}
