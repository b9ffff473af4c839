package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.claims.DatabaseIndex.Commit;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.core.id.Snowflake;
import dev.whiteboard.estimation.LruHitRatio;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Claims about keys: where they land in an index, and how large they are. */
final class IdClaims {
  private static final int TREES = 6;

  private IdClaims() {}

  static List<Claim> all() {
    return List.of(randomKeysHurt(), uuidIs128Bytes());
  }

  private static Claim randomKeysHurt() {
    return new Claim(
        "I02",
        "core",
        "Random UUIDs as primary keys hurt a B-tree.",
        "BBG101, explaining-5-unique-id-generators",
        Verdict.TRUE,
        "A random key's leaf is in an LRU cache of C of L leaves with a probability of about C / L (Che, leaves weighted by their keys); "
            + "an appended key's always is. Random order fills leaves to ln 2 = 69 % on average (Yao 1978), appends to 100 %. "
            + "A transaction of m random keys writes the leaves that it hits, sum(1 - (1 - size / n)^m); a sorted one writes m / 24.",
        "What hurts is that every insert wants another page. Order alone does not make an index compact: keys of several nodes, a few "
            + "places out of order, spoil the split for appends and leave half-full pages, and H2 halves pages even for appends.",
        List.of(
            Parameter.count("keys", 50_000, 20_000, 200_000),
            Parameter.count("leafCapacity", 64, 8, 200),
            Parameter.count("cachedLeaves", 56, 1, 100),
            Parameter.count("outOfOrder", 16, 2, 64),
            Parameter.count("rows", 20_000, 5000, 200_000),
            Parameter.count("batch", 500, 100, 2000)),
        settings -> {
          int keys = settings.count("keys");
          int capacity = settings.count("leafCapacity");
          int cached = settings.count("cachedLeaves");
          int late = settings.count("outOfOrder");
          int rows = settings.count("rows");
          int batch = settings.count("batch");
          List<Check> simulated = randomKeys(keys, capacity, cached);
          LeafTree appended = new LeafTree(capacity, cached);
          IntStream.range(0, keys).forEach(appended::insert);
          LeafTree nearlySorted = new LeafTree(capacity, cached);
          nearlySorted(keys, late).forEach(nearlySorted::insert);
          List<UUID> uuids = randomUuids(rows);
          DatabaseIndex random = DatabaseIndex.fill(uuids, batch);
          DatabaseIndex sorted = DatabaseIndex.fill(uuids.stream().sorted().toList(), batch);
          DatabaseIndex snowflakes = DatabaseIndex.fill(snowflakes(rows), batch);
          return Outcome.of(
                  simulated.get(0),
                  new Check("leaf misses per appended key", 0, appended.misses(), 0),
                  simulated.get(1),
                  new Check("fill, appended keys", 1, appended.fill(), (double) capacity / keys),
                  Trials.within(
                      "fill, keys up to " + late + " places out of order",
                      0.5,
                      0.5 + (double) late / capacity,
                      nearlySorted.fill()),
                  pagesOf("random UUIDs", random),
                  halves("the same, sorted", sorted, batch),
                  halves("Snowflake ids", snowflakes, batch),
                  new Check("H2, fill by sorted UUIDs", 0.5, sorted.fill(), 48.0 / rows),
                  Trials.within(
                      "H2, file by random UUIDs / file by the same, sorted",
                      1,
                      random.keysWritten() / sorted.keysWritten(),
                      (double) random.fileBytes() / sorted.fileBytes()))
              .with(new Chart(
                  "H2: leaves that a transaction of " + Numbers.format(batch) + " keys writes",
                  Axis.linear("keys in the index"),
                  Axis.linear("leaves written"),
                  List.of(
                      pages("random UUIDs", Mark.DOTS, random, Commit::pages),
                      pages("theory", Mark.LINE, random, Commit::expected),
                      pages("the same, sorted", Mark.DOTS, sorted, Commit::pages),
                      pages("Snowflake ids", Mark.LINE, snowflakes, Commit::pages))));
        });
  }

  /**
   * Misses and fill. Misses are counted in trees that are there already, so that the cache is warm; the leaves' popularity is
   * that of the phase's middle.
   */
  private static List<Check> randomKeys(int keys, int capacity, int cached) {
    RandomGenerator random = Settings.random(2);
    int half = keys / 20;
    double misses = 0;
    double expected = 0;
    double[] fills = new double[TREES];
    for (int i = 0; i < TREES; i++) {
      LeafTree tree = new LeafTree(capacity, cached);
      random.longs(keys).forEach(tree::insert);
      fills[i] = tree.fill();
      int before = tree.misses();
      random.longs(half).forEach(tree::insert);
      expected += (1 - LruHitRatio.che(tree.sizes(), cached)) / TREES;
      random.longs(half).forEach(tree::insert);
      misses += (tree.misses() - before) / (2.0 * half) / TREES;
    }
    return List.of(
        Trials.share("leaf misses per random key", expected, misses, 2.0 * half * TREES),
        new Check(
            "fill, random keys",
            LeafTree.expectedFill(keys, capacity),
            Trials.mean(TREES, i -> fills[i]),
            Trials.fourSigma(fills)));
  }

  /** The keys 0, 1, ..., each delayed by less than {@code late} places, as when several nodes send what they numbered. */
  private static LongStream nearlySorted(int keys, int late) {
    RandomGenerator random = Settings.random(4);
    double[] arrival =
        IntStream.range(0, keys).mapToDouble(i -> i + random.nextDouble(late)).toArray();
    return IntStream.range(0, keys)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> arrival[i]))
        .mapToLong(i -> i);
  }

  private static List<UUID> randomUuids(int count) {
    RandomGenerator random = Settings.random(5);
    return Stream.generate(() -> randomUuid(random)).limit(count).toList();
  }

  /** Version 4 of RFC 9562: 122 random bits. */
  private static UUID randomUuid(RandomGenerator random) {
    return new UUID(
        (random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
  }

  /** One in each millisecond. */
  private static List<Long> snowflakes(int count) {
    long[] millis = {Snowflake.TWITTER_EPOCH.toEpochMilli()};
    Snowflake snowflake =
        Snowflake.builder(1).clock(() -> Instant.ofEpochMilli(millis[0]++)).build();
    return Stream.generate(snowflake::nextId).limit(count).toList();
  }

  private static Commit last(DatabaseIndex index) {
    return index.commits().get(index.commits().size() - 1);
  }

  private static Check pagesOf(String keys, DatabaseIndex index) {
    Commit commit = last(index);
    return new Check(
        "H2, leaves written by a transaction, " + keys,
        commit.expected(),
        commit.pages(),
        4 * Math.sqrt(commit.variance()));
  }

  /** Pages of 48 split into halves of 24, of which the next key wants the upper one; both ends may be cut. */
  private static Check halves(String keys, DatabaseIndex index, int batch) {
    return new Check(
        "H2, leaves written by a transaction, " + keys,
        batch / (DatabaseIndex.KEYS_PER_PAGE / 2.0),
        last(index).pages(),
        2);
  }

  private static Series pages(
      String name, Mark mark, DatabaseIndex index, ToDoubleFunction<Commit> value) {
    List<Commit> commits = index.commits();
    return Series.of(
        name,
        mark,
        commits.stream().mapToDouble(Commit::keys).toArray(),
        commits.stream().mapToDouble(value).toArray());
  }

  private static Claim uuidIs128Bytes() {
    return new Claim(
        "I03",
        "core",
        "A UUID is 128 bytes.",
        "preslavmihaylov/booknotes, system-design-interview/chapter08",
        Verdict.FALSE,
        "128 bits are 16 bytes. As text each of 32 hexadecimal digits stands for 4 bits, and 4 hyphens make it 36 characters. A random "
            + "one has 6 bits of version and variant, so 122 are random.",
        "A column of text takes 36 bytes a row and index entry where one of type UUID takes 16, and a Snowflake id 8.",
        List.of(Parameter.count("uuids", 1000, 100, 1_000_000)),
        settings -> {
          List<UUID> uuids = randomUuids(settings.count("uuids"));
          return Outcome.of(
              new Check("bytes", 128 / Byte.SIZE, bytes(uuids.get(0)), 0),
              new Check("characters", 32 + 4, uuids.get(0).toString().length(), 0),
              new Check("bits that differ among random UUIDs", 128 - 6, differing(uuids), 0));
        });
  }

  /** The room from which the same UUID can be read again. */
  private static int bytes(UUID uuid) {
    ByteBuffer buffer = ByteBuffer.allocate(1000)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
    int bytes = buffer.remaining();
    return uuid.equals(new UUID(buffer.getLong(), buffer.getLong())) ? bytes : -1;
  }

  private static int differing(List<UUID> uuids) {
    UUID first = uuids.get(0);
    long most = 0;
    long least = 0;
    for (UUID uuid : uuids) {
      most |= uuid.getMostSignificantBits() ^ first.getMostSignificantBits();
      least |= uuid.getLeastSignificantBits() ^ first.getLeastSignificantBits();
    }
    return Long.bitCount(most) + Long.bitCount(least);
  }
}
