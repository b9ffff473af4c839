package dev.whiteboard.benchmarks.peers;

import dev.whiteboard.partitioning.Node;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/** The ring of many tutorials: points in a TreeMap, hashed from the node's name, a separator and a number. */
final class TextbookRing implements Owners {
  private static final int POINTS = 100;

  private final TreeMap<Long, String> points = new TreeMap<>();
  private final ToLongFunction<String> hash;
  private final String separator;

  private TextbookRing(ToLongFunction<String> hash, String separator) {
    this.hash = hash;
    this.separator = separator;
  }

  /** Hashes with {@code String.hashCode}, which gives texts that differ in their last characters neighbouring places. */
  static Factory onHashCode() {
    return factory(() -> text -> text.hashCode() & Integer.MAX_VALUE, "");
  }

  /** Hashes with a {@code MessageDigest} that all threads share, though it has a state. */
  static Factory onOneDigest() {
    return factory(
        () -> {
          MessageDigest digest = md5();
          return text -> ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
              .getLong();
        },
        "#");
  }

  private static Factory factory(Supplier<ToLongFunction<String>> hash, String separator) {
    Factory factory = nodes -> {
      TextbookRing ring = new TextbookRing(hash.get(), separator);
      nodes.stream().map(Node::id).forEach(ring::add);
      return ring;
    };
    return factory.plain();
  }

  @Override
  public Optional<String> locate(String key) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Map.Entry<Long, String> point = points.ceilingEntry(hash.applyAsLong(key));
    return Optional.of((point == null ? points.firstEntry() : point).getValue());
  }

  @Override
  public void add(String name) {
    positions(name).forEach(position -> points.put(position, name));
  }

  @Override
  public void remove(String name) {
    positions(name).forEach(points::remove);
  }

  private LongStream positions(String name) {
    return LongStream.range(0, POINTS).map(i -> hash.applyAsLong(name + separator + i));
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
