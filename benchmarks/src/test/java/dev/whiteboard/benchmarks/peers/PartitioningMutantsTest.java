package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.PartitioningLaws.ANY_LEAVES;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.COPIES;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.EMPTY;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.HISTORY;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.JOIN;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.LABELS;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.LEAVE;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.MOVED;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.NAMES;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.ORDER;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.OWNER;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.READERS;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.STRANGER;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.TWICE;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.WEIGHTS;
import static dev.whiteboard.benchmarks.peers.PartitioningLaws.ZONES;
import static java.util.Map.entry;

import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.Node;
import dev.whiteboard.partitioning.RendezvousHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PartitioningMutantsTest extends SuiteMutants<Owners.Factory> {
  @Override
  LawSuite<Owners.Factory> suite() {
    return new LawSuite<>("partitioning", PartitioningLaws.all(), List.of());
  }

  @Override
  Owners.Factory sound() {
    return Sound::new;
  }

  /** A sound block for mutants to spoil. Its nodes are in the order in which they came. */
  private static class Sound implements Owners {
    final List<Node<String>> nodes;
    private RendezvousHash<String> ranking;

    /** Another number, other owners. */
    long salt;

    Sound(List<Node<String>> nodes) {
      this.nodes = new ArrayList<>(nodes);
      ranking = RendezvousHash.create(nodes);
    }

    boolean has(String name) {
      return ranking.nodes().contains(name);
    }

    String last() {
      return nodes.get(nodes.size() - 1).id();
    }

    @Override
    public Optional<String> locate(String key) {
      return nodes.isEmpty()
          ? Optional.empty()
          : Optional.of(ranking.locate(Xxh3.hash(key) + salt));
    }

    @Override
    public void add(String name) {
      if (!has(name)) {
        nodes.add(Node.of(name));
        ranking = RendezvousHash.create(nodes);
      }
    }

    @Override
    public void remove(String name) {
      nodes.removeIf(node -> node.id().equals(name));
      ranking = RendezvousHash.create(nodes);
    }

    @Override
    public List<String> replicas(String key, int count) {
      return ranking.replicas(Xxh3.hash(key) + salt, count);
    }
  }

  @Override
  Map<String, Owners.Factory> mutants() {
    return Map.ofEntries(
        entry(OWNER, nodes -> new Sound(nodes) {
          @Override
          public Optional<String> locate(String key) {
            return key.startsWith("-") ? Optional.empty() : super.locate(key);
          }
        }),
        entry(ORDER, nodes -> new Sound(nodes) {
          @Override
          public Optional<String> locate(String key) {
            return key.endsWith("77") ? Optional.of(last()) : super.locate(key);
          }
        }),
        entry(HISTORY, nodes -> new Sound(nodes) {
          @Override
          public void remove(String name) {
            super.remove(name);
            salt++;
          }
        }),
        entry(JOIN, nodes -> new Sound(nodes) {
          @Override
          public void add(String name) {
            super.add(name);
            salt++;
          }
        }),
        entry(MOVED, nodes -> new Sound(nodes) {
          @Override
          public Optional<String> locate(String key) {
            return Optional.of(last());
          }
        }),
        entry(LEAVE, nodes -> new Sound(nodes) {
          @Override
          public void remove(String name) {
            salt += name.equals(last()) ? 1 : 0;
            super.remove(name);
          }
        }),
        entry(ANY_LEAVES, nodes -> new Sound(nodes) {
          @Override
          public void remove(String name) {
            salt += name.equals(last()) ? 0 : 1;
            super.remove(name);
          }
        }),
        entry(LABELS, nodes -> new Sound(nodes) {
          @Override
          public void remove(String name) {
            List.copyOf(nodes).stream()
                .map(Node::id)
                .filter(id -> id.startsWith(name))
                .forEach(super::remove);
          }
        }),
        entry(NAMES, nodes -> new Sound(nodes) {
          @Override
          public Optional<String> locate(String key) {
            return super.locate(key).map(owner -> owner.replaceAll("\\d$", "0"));
          }
        }),
        entry(COPIES, nodes -> new Sound(nodes) {
          @Override
          public List<String> replicas(String key, int count) {
            return Collections.nCopies(count, super.replicas(key, 1).get(0));
          }
        }),
        entry(
            ZONES,
            nodes -> new Sound(
                nodes.stream().map(node -> Node.of(node.id(), node.weight())).toList())),
        entry(
            WEIGHTS,
            nodes -> new Sound(nodes.stream().map(node -> Node.of(node.id())).toList())),
        entry(READERS, nodes -> new Sound(nodes) {
          private final Thread builder = Thread.currentThread();

          @Override
          public Optional<String> locate(String key) {
            return super.locate(Thread.currentThread() == builder ? key : key + "?");
          }
        }),
        entry(TWICE, nodes -> new Sound(nodes) {
          @Override
          public void add(String name) {
            salt += has(name) ? 1 : 0;
            super.add(name);
          }
        }),
        entry(STRANGER, nodes -> new Sound(nodes) {
          @Override
          public void remove(String name) {
            super.remove(has(name) ? name : last());
          }
        }),
        entry(EMPTY, nodes -> new Sound(nodes) {
          @Override
          public Optional<String> locate(String key) {
            return Optional.of(
                nodes.get(Math.floorMod(Xxh3.hash(key), nodes.size())).id());
          }
        }));
  }
}
