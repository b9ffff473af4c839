package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.PartitioningLaws.ANY_LEAVES;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.HISTORY;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.JOIN;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.LABELS;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.LEAVE;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.ORDER;

import com.dynatrace.hash4j.consistent.ConsistentBucketHasher;
import com.dynatrace.hash4j.consistent.ConsistentHashing;
import com.google.common.hash.Hashing;
import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.AnchorHash;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.JumpHash;
import dev.whiteboard.partitioning.MaglevTable;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.RendezvousHash;
import dev.whiteboard.partitioning.SlotTable;
import dev.whiteboard.partitioning.TokenRing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who owns a key: our partitioners and their peers. */
final class PartitioningSubjects {
  private static final String HASH4J = "hash4j 0.31.0";
  private static final String NUMBERED = "nodes are numbered: their order is a part of the input";
  private static final String HISTORY_MATTERS = "who joined and left before decides who owns what";

  private PartitioningSubjects() {}

  static List<Subject<Owners.Factory>> all() {
    ConsistentBucketHasher jumpBack = ConsistentHashing.jumpBackHashSplitMix64();
    return List.of(
        Subject.ours(
            "HashRing",
            OurOwners.factory(
                nodes -> HashRing.<String>builder().nodes(nodes).build(),
                HashRing::with,
                HashRing::without)),
        Subject.ours(
                "TokenRing",
                OurOwners.factory(
                    nodes -> TokenRing.create(nodes, TokenRing.DEFAULT_TOKENS),
                    TokenRing::with,
                    TokenRing::without))
            .admitting(HISTORY_MATTERS, HISTORY),
        Subject.ours(
            "RendezvousHash",
            OurOwners.factory(
                RendezvousHash::create, RendezvousHash::with, RendezvousHash::without)),
        Subject.ours(
                "MaglevTable",
                OurOwners.factory(MaglevTable::create, MaglevTable::with, MaglevTable::without))
            .admitting(
                "a change moves a few keys more than it must", JOIN, LEAVE, ANY_LEAVES, LABELS),
        Subject.ours(
                "SlotTable",
                OurOwners.factory(
                    nodes -> SlotTable.<String>builder().nodes(nodes).build(),
                    SlotTable::with,
                    SlotTable::without))
            .admitting(HISTORY_MATTERS, HISTORY),
        Subject.ours(
                "AnchorHash",
                OurOwners.factory(
                        nodes -> AnchorHash.create(32, nodes),
                        AnchorHash::with,
                        AnchorHash::without)
                    .unweighted())
            .admitting(HISTORY_MATTERS, ORDER, HISTORY),
        Subject.ours(
                "JumpHash",
                OurOwners.factory(
                        JumpHash::create, JumpHash::with, PartitioningSubjects::withoutLast)
                    .unweighted())
            .admitting(NUMBERED, ORDER),
        Subject.of(
                "hash4j JumpBackHash",
                HASH4J,
                NumberedOwners.endsOnly(
                    com.dynatrace.hash4j.hashing.Hashing.xxh3_64()::hashCharsToLong,
                    jumpBack::getBucket))
            .admitting(NUMBERED, ORDER),
        Subject.of("hash4j JumpBackAnchorHash", HASH4J, Hash4jAnchorOwners.factory())
            .admitting(HISTORY_MATTERS, ORDER, HISTORY),
        Subject.of(
                "Guava consistentHash",
                "Guava 33.8.0",
                NumberedOwners.endsOnly(
                    text -> Hashing.murmur3_128()
                        .hashString(text, StandardCharsets.UTF_8)
                        .asLong(),
                    Hashing::consistentHash))
            .admitting(NUMBERED, ORDER),
        Subject.of("allgood HashRing", "allgood-consistent-hash 1.0.0", AllgoodOwners.factory()),
        Subject.of("hutool ConsistentHash", "hutool 5.8.44", HutoolOwners.factory()),
        Subject.of("hash % n", "textbook", NumberedOwners.closingUp(Xxh3::hash, Math::floorMod))
            .admitting(NUMBERED, ORDER),
        Subject.of("key % n", "like iluwatar/java-design-patterns", ModuloShards.factory())
            .admitting(NUMBERED, ORDER),
        Subject.of(
            "ring on hashCode",
            "like dinesharney/System-Design-Algorithms--java",
            TextbookRing.onHashCode()),
        Subject.of(
            "ring on one MessageDigest",
            "like sjonnala/system-design",
            TextbookRing.onOneDigest()));
  }

  /** A node can be named, but only the last one can go. */
  private static JumpHash<String> withoutLast(JumpHash<String> nodes, String name) {
    List<Node<String>> members = nodes.members();
    if (!nodes.nodes().contains(name) || !members.get(members.size() - 1).id().equals(name)) {
      throw new NotApplicable("only the node that came last can leave");
    }
    return nodes.withoutLast();
  }
}
