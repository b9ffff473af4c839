package dev.whiteboard.benchmarks.peers;

import java.util.List;

/** Laws about ids. {@link IdRuns} and {@link IdFields} look for counter-examples. */
final class IdLaws {
  static final String UNIQUE = "unique";
  static final String RISING = "rising";
  static final String BACK = "back";
  static final String BACK_ORDER = "backorder";
  static final String PATIENT = "patient";
  static final String RESTART = "restart";
  static final String NODES = "nodes";
  static final String STRANGERS = "strangers";
  static final String THREADS = "threads";
  static final String TURNS = "turns";
  static final String TIME = "time";
  static final String SHARDS = "shards";
  static final String WIDTH = "width";
  static final String REFUSAL = "refusal";
  static final String GUESS = "guess";
  static final String BITS = "bits";

  private IdLaws() {}

  static List<Law<IdSource.Kind>> all() {
    return List.of(
        new Law<>(
            UNIQUE,
            "No id repeats: not among 100,000 while the clock stands still and moves for those only who wait.",
            "an id that is issued twice",
            IdRuns::repeated),
        new Law<>(
            RISING,
            "An id is larger than the one before, whether the clock runs or stands still.",
            "a smaller one",
            IdRuns::fallen),
        new Law<>(
            BACK,
            "No id repeats when the clock goes forward by a millisecond, a second, an hour or a year, and back again.",
            "an id that is issued twice",
            IdRuns::repeatedBackwards),
        new Law<>(
            BACK_ORDER,
            "The ids that are issued while the clock goes forward and back rise, too.",
            "a smaller one",
            IdRuns::fallenBackwards),
        new Law<>(
            PATIENT,
            "Who issues an id after the clock has stepped back, by a millisecond, a second or an hour, goes on issuing.",
            "an exception after some ids",
            IdRuns::impatient),
        new Law<>(
            RESTART,
            "A process that takes over a node 2 ms after a burst of 30,000 ids repeats none of them.",
            "an id of both processes",
            IdRuns::repeatedAfterRestart),
        new Law<>(
            NODES, "The ids of two nodes never meet.", "an id of two nodes", IdRuns::metOfTwoNodes),
        new Law<>(
            STRANGERS,
            "A hundred generators that nobody gave a node number never meet, either: it is asked for, or not needed.",
            "an id of two generators",
            IdRuns::metOfStrangers),
        new Law<>(
            THREADS,
            "Four threads that draw 10,000 ids each get no id twice, and each thread's own rise if order is promised.",
            "an id that two threads get, or a smaller one",
            IdRuns::crowded),
        new Law<>(
            TURNS,
            "An id that one thread draws after another thread's is larger.",
            "a smaller one",
            IdRuns::overtaken),
        new Law<>(
            TIME,
            "The time in an id is the clock's, to within the lead that is promised, and to within 1 s if none is: a burst"
                + " does not carry it away.",
            "a time further ahead or behind",
            IdFields::wrongTime),
        new Law<>(
            SHARDS,
            "At ten ids a second, id % 4 is even: no shard gets half or twice its part.",
            "a shard with nearly all",
            IdFields::unevenShards),
        new Law<>(
            WIDTH,
            "A number is positive, and below 2^53 if its layout says so, now and in 10, 70 and 150 years, or it is refused.",
            "a negative or wider one",
            IdFields::tooWide),
        new Law<>(
            REFUSAL,
            "A node that is out of range, an epoch after the clock and a layout without bits are refused by an exception"
                + " that names them.",
            "one that is accepted, or refused without its name",
            IdFields::unrefused),
        new Law<>(
            GUESS,
            "Who knows an id does not find the next one among the 2^40 numbers that follow.",
            "ids in a row, most of which can be found so",
            IdFields::guessable),
        new Law<>(
            BITS,
            "A UUID has the version and the variant of RFC 9562, section 5.7, and begins with the clock's millisecond.",
            "one with other bits",
            IdFields::wrongBits));
  }
}
