package dev.whiteboard.benchmarks.peers;

import java.util.List;

/** Laws about who owns a key. {@link PartitioningChecks} looks for counter-examples. */
final class PartitioningLaws {
  static final String OWNER = "owner";
  static final String ORDER = "order";
  static final String HISTORY = "past";
  static final String JOIN = "join";
  static final String MOVED = "moved";
  static final String LEAVE = "leave";
  static final String ANY_LEAVES = "any";
  static final String LABELS = "labels";
  static final String NAMES = "names";
  static final String COPIES = "copies";
  static final String ZONES = "zones";
  static final String WEIGHTS = "weights";
  static final String READERS = "readers";
  static final String TWICE = "twice";
  static final String STRANGER = "absent";
  static final String EMPTY = "empty";

  private PartitioningLaws() {}

  static List<Law<Owners.Factory>> all() {
    return List.of(
        new Law<>(
            OWNER,
            "Every key has an owner among the nodes: empty and foreign text, negative numbers, the least long.",
            "a key without an owner, or an exception",
            PartitioningChecks::ownerless),
        new Law<>(
            ORDER,
            "The same nodes in another order give the same owners.",
            "a key with another owner when the nodes are listed backwards",
            PartitioningChecks::orderMatters),
        new Law<>(
            HISTORY,
            "The same nodes give the same owners, whoever came and left before.",
            "a key with another owner after a node came and left",
            PartitioningChecks::historyMatters),
        new Law<>(
            JOIN,
            "A node that joins takes keys, and no key moves between the others.",
            "a key that moves from one old node to another",
            PartitioningChecks::strayOnJoin),
        new Law<>(
            MOVED,
            "A node that joins n others moves about 1/(n + 1) of the keys.",
            "less than half of that, or more than twice",
            PartitioningChecks::movedShare),
        new Law<>(
            LEAVE,
            "A node that came last and leaves gives up its keys, and no other key moves.",
            "a key that moves between nodes that stay",
            PartitioningChecks::strayOnLeave),
        new Law<>(
            ANY_LEAVES,
            "Any node can leave and gives up its keys, and no other key moves.",
            "a key that moves between nodes that stay, or still belongs to the one that left",
            PartitioningChecks::strayWhenAnyLeaves),
        new Law<>(
            LABELS,
            "Names that run into replica numbers stay apart, as 10.0.0.1 with 11 and 10.0.0.11 with 1.",
            "a key of one that moves between nodes that stay when the other leaves",
            PartitioningChecks::confusedLabels),
        new Law<>(
            NAMES,
            "Nodes with similar names share the keys: the busiest of 10.0.0.0 to 9 has less than 1.5 of the mean.",
            "a node with more",
            PartitioningChecks::crowdedNames),
        new Law<>(
            COPIES,
            "The copies of a key lie on different nodes, as many as asked for.",
            "a node named twice, or too few nodes",
            PartitioningChecks::repeatedCopies),
        new Law<>(
            ZONES,
            "The copies of a key lie in different zones while there are zones left.",
            "two copies in one zone, and a zone without one",
            PartitioningChecks::sharedZone),
        new Law<>(
            WEIGHTS,
            "A node has keys in proportion to its weight, and a weight of 1 beside 99 has some.",
            "a node with less than half of its share, or more than twice",
            PartitioningChecks::unfairWeights),
        new Law<>(
            READERS,
            "Four threads that read while nothing changes get the answers that one gets.",
            "a key with another owner",
            PartitioningChecks::disturbedReaders),
        new Law<>(
            TWICE,
            "A node that is there already is refused or ignored.",
            "a key with another owner afterwards",
            PartitioningChecks::countedTwice),
        new Law<>(
            STRANGER,
            "A node that is not there can leave without effect, or is refused.",
            "a key with another owner afterwards",
            PartitioningChecks::strangerLeaves),
        new Law<>(
            EMPTY,
            "Without nodes the answer is nobody, or an exception that says what is wrong.",
            "an owner, or an exception from inside",
            PartitioningChecks::unclearWhenEmpty));
  }
}
