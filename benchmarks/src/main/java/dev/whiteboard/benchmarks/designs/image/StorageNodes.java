package dev.whiteboard.benchmarks.designs.image;

import static com.google.common.base.Preconditions.checkState;

import dev.whiteboard.core.hash.Xxh3;
import dev.whiteboard.partitioning.HashRing;
import dev.whiteboard.partitioning.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The image file storage: some nodes, each a map from image to bytes, and a ring that says which of them keep an image.
 *
 * <p>Not thread-safe.
 */
final class StorageNodes {
  private final int copies;
  private final Map<String, Map<Long, byte[]>> filesByNode = new TreeMap<>();
  private HashRing<String> ring;

  StorageNodes(List<String> nodes, int copies) {
    this.copies = copies;
    ring = HashRing.of(nodes.toArray(String[]::new));
    nodes.forEach(node -> filesByNode.put(node, new LinkedHashMap<>()));
  }

  void write(long id, byte[] image) {
    for (String node : ring.replicas(Xxh3.hash(id), copies)) {
      files(node).put(id, image);
    }
  }

  /** Asks the nodes that should have the image, in order. */
  byte @Nullable [] read(long id) {
    for (String node : ring.replicas(Xxh3.hash(id), copies)) {
      byte[] image = files(node).get(id);
      if (image != null) {
        return image;
      }
    }
    return null;
  }

  /**
   * Adds an empty node and carries its share over to it.
   *
   * @return the number of copies that were moved
   */
  int add(String newNode) {
    HashRing<String> before = ring;
    ring = before.with(Node.of(newNode));
    filesByNode.put(newNode, new LinkedHashMap<>());
    int moved = 0;
    for (String node : before.nodes()) {
      for (Long id : List.copyOf(files(node).keySet())) {
        List<String> keepers = ring.replicas(Xxh3.hash(id.longValue()), copies);
        if (!keepers.contains(node)) {
          byte[] image = files(node).get(id);
          checkState(
              image != null && keepers.contains(newNode),
              "image %s left %s for an old node",
              id,
              node);
          files(newNode).put(id, image);
          files(node).remove(id);
          moved++;
        }
      }
    }
    return moved;
  }

  HashRing<String> ring() {
    return ring;
  }

  /** The bytes that each node keeps. */
  Map<String, Long> bytesByNode() {
    Map<String, Long> bytes = new TreeMap<>();
    filesByNode.forEach((node, files) ->
        bytes.put(node, files.values().stream().mapToLong(image -> image.length).sum()));
    return bytes;
  }

  private Map<Long, byte[]> files(String node) {
    Map<Long, byte[]> files = filesByNode.get(node);
    checkState(files != null, "no storage node %s", node);
    return files;
  }
}
