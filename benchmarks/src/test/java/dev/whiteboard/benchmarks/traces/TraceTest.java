package dev.whiteboard.benchmarks.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.caching.EvictionPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
  @TempDir
  Path folder;

  @Test
  void forEach_sameRequestsInEveryFormat_hitAlike() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    ZipfSampler sampler = new ZipfSampler(2000, 0.8, random);
    long[] keys = LongStream.generate(sampler::next).limit(30_000).toArray();
    StringBuilder lines = new StringBuilder();
    StringBuilder csv = new StringBuilder("time_ms,key,size\n");
    for (int i = 0; i < keys.length; i++) {
      lines.append("user:").append(keys[i]).append('\n');
      csv.append(i).append(',').append(keys[i]).append(",1\n");
    }
    long expected = hitsOfLinkedHashMap(keys, 100);
    assertEquals(expected, hits(file("t.txt", bytes(lines)), 100));
    assertEquals(expected, hits(file("t.txt.gz", gzip(bytes(lines))), 100));
    assertEquals(expected, hits(file("t.csv", bytes(csv)), 100));
    assertEquals(expected, hits(file("t.csv.gz", gzip(bytes(csv))), 100));
    assertEquals(expected, hits(file("t.i64", littleEndian(keys)), 100));
    assertEquals(expected, hits(file("t.i64.gz", gzip(littleEndian(keys))), 100));
  }

  /** From Belady, Nelson and Shedler 1969, Mattson et al. 1970 and every textbook since. */
  @Test
  void replay_beladysString_faultsAsPublished() throws IOException {
    Trace trace = Trace.of(file("belady.txt", bytes("1\n2\n3\n4\n1\n2\n5\n1\n2\n3\n4\n5\n")), null);
    assertEquals(
        List.of(
            new HitRatio("fifo", 3, 12, 12 - 9, 3 / 12.0, 3 / 12.0),
            new HitRatio("fifo", 4, 12, 12 - 10, 2 / 12.0, 2 / 12.0),
            new HitRatio("lru", 3, 12, 12 - 10, 2 / 12.0, 2 / 12.0),
            new HitRatio("lru", 4, 12, 12 - 8, 4 / 12.0, 4 / 12.0),
            new HitRatio("belady", 3, 12, 12 - 7, 5 / 12.0, 5 / 12.0),
            new HitRatio("belady", 4, 12, 12 - 6, 6 / 12.0, 6 / 12.0)),
        HitRatio.replay(trace, List.of("fifo", "lru", "belady"), List.of(3L, 4L), Terms.ENTRIES));
  }

  @Test
  void replay_generatedTraffic_isTheSameEachTimeAndNoPolicyBeatsBelady() throws IOException {
    List<String> policies = new ArrayList<>(HitRatio.policies());
    policies.remove("caffeine"); // it draws lots now and then
    for (TraceGenerator generator : TraceGenerator.values()) {
      List<HitRatio> rows = HitRatio.replay(
          generator.requests(20_000, 1), policies, List.of(100L, 1000L), Terms.ENTRIES);
      assertEquals(
          rows,
          HitRatio.replay(
              generator.requests(20_000, 1), policies, List.of(100L, 1000L), Terms.ENTRIES));
      for (HitRatio row : rows) {
        HitRatio best = rows.get(rows.size() - (row.capacity() == 100 ? 2 : 1));
        assertTrue(row.hits() <= best.hits(), () -> generator + ": " + row);
      }
    }
  }

  @Test
  void replay_loopLargerThanTheCache_lruHitsNothing() throws IOException {
    List<HitRatio> rows = HitRatio.replay(
        TraceGenerator.LOOP.requests(100_000, 1),
        List.of("lru", "adaptive", "belady"),
        List.of(5000L),
        Terms.ENTRIES);
    assertEquals(0, rows.get(0).hits());
    assertTrue(rows.get(1).hitRatio() > 0.2, rows::toString);
    assertTrue(rows.get(2).hitRatio() > 0.44, rows::toString);
  }

  @Test
  void replay_emptyTrace_hasNoHits() throws IOException {
    Trace trace = Trace.of(file("empty.txt", new byte[0]), null);
    assertEquals(
        List.of(new HitRatio("lru", 5, 0, 0, 0, 0)),
        HitRatio.replay(trace, List.of("lru"), List.of(5L), Terms.ENTRIES));
  }

  /** While nothing is evicted, what is hit depends on the lifetime alone. */
  @Test
  void replay_withLifetime_hitsWhatHasNotExpired() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    StringBuilder csv = new StringBuilder();
    Map<Integer, Long> ends = new HashMap<>();
    long now = 0;
    long expected = 0;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextInt(40);
      int key = random.nextInt(500);
      csv.append(now).append(',').append(key).append(",7\n");
      if (ends.getOrDefault(key, 0L) > now) {
        expected++;
      } else {
        ends.put(key, now + 5000);
      }
    }
    List<HitRatio> rows = HitRatio.replay(
        Trace.of(file("t.csv", bytes(csv)), null),
        HitRatio.policies(new Terms(false, 1, TimeUnit.SECONDS)),
        List.of(500L),
        new Terms(false, TimeUnit.MILLISECONDS.toNanos(5000), TimeUnit.MILLISECONDS));
    assertEquals(13, rows.size());
    for (HitRatio row : rows) {
      assertEquals(expected, row.hits(), row::toString);
      assertEquals(row.hitRatio(), row.byteHitRatio());
    }
  }

  /** The same sizes, with a lifetime that never ends: the simulator and the cache do the same. */
  @Test
  void replay_weighed_cacheDoesAsTheSimulator() throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
    ZipfSampler sampler = new ZipfSampler(1000, 0.8, random);
    StringBuilder csv = new StringBuilder("time,key,size\n");
    for (int i = 0; i < 20_000; i++) {
      long key = sampler.next();
      csv.append(i).append(',').append(key).append(',').append(1 + key % 50).append('\n');
    }
    Trace trace = Trace.of(file("t.csv", bytes(csv)), null);
    List<String> policies =
        EvictionPolicy.all().stream().map(EvictionPolicy::toString).toList();
    List<Long> capacities = List.of(30L, 3000L);
    List<HitRatio> simulated =
        HitRatio.replay(trace, policies, capacities, new Terms(true, 0, TimeUnit.MILLISECONDS));
    List<HitRatio> cached = HitRatio.replay(
        trace,
        policies,
        capacities,
        new Terms(true, TimeUnit.DAYS.toNanos(365), TimeUnit.MILLISECONDS));
    for (int i = 0; i < simulated.size(); i++) {
      HitRatio row = simulated.get(i);
      assertEquals(row.hitRatio(), cached.get(i).hitRatio(), 0.01, row::toString);
      assertTrue(row.byteHitRatio() != row.hitRatio(), row::toString);
    }
  }

  @Test
  void forEach_noNumbers_areNamed() throws IOException {
    assertEquals(
        "has no whole number as time in line 2: x,1,1",
        refusal(file("t.csv", bytes("time,key,size\nx,1,1\n"))));
    assertEquals(
        "has no whole number as size in line 1: 5,1,", refusal(file("t.csv", bytes("5,1,\n"))));
    assertEquals(
        "has a negative size in line 1: 5,1,-2", refusal(file("t.csv", bytes("5,1,-2\n"))));
  }

  @Test
  void forEach_givenFormat_winsOverTheName() throws IOException {
    Trace trace = Trace.of(file("keys.csv", bytes("a\nb\na\n")), TraceFormat.LINES);
    assertEquals(
        1,
        HitRatio.replay(trace, List.of("lru"), List.of(5L), Terms.ENTRIES)
            .get(0)
            .hits());
  }

  @Test
  void forEach_oddNumberOfBytes_isRefused() throws IOException {
    Path file = file("t.i64", new byte[13]);
    assertEquals("has 13 bytes, which is no multiple of 8: 64-bit keys take 8 each", refusal(file));
  }

  @Test
  void forEach_truncatedGzip_isRefused() throws IOException {
    byte[] whole = gzip(littleEndian(LongStream.range(0, 5000).toArray()));
    Path file = file("t.i64.gz", Arrays.copyOf(whole, whole.length / 2));
    assertEquals("ends in the middle of its gzip stream: copy it again", refusal(file));
  }

  @Test
  void forEach_damagedGzip_isRefused() throws IOException {
    byte[] whole = gzip(littleEndian(LongStream.range(0, 5000).toArray()));
    whole[whole.length / 2] ^= 0x55;
    whole[whole.length - 5] ^= 0x55;
    assertEquals("is damaged gzip", refusal(file("t.i64.gz", whole)).substring(0, 15));
  }

  @Test
  void forEach_lineWithoutThreeFields_isNamed() throws IOException {
    assertEquals(
        "has no time,key,size in line 2: 17", refusal(file("t.csv", bytes("time,key,size\n17\n"))));
  }

  private String refusal(Path file) {
    return String.valueOf(assertThrows(
            TraceException.class, () -> Trace.of(file, null).forEach((time, key, size) -> {}))
        .getMessage());
  }

  private static long hits(Path file, long capacity) throws IOException {
    return HitRatio.replay(Trace.of(file, null), List.of("lru"), List.of(capacity), Terms.ENTRIES)
        .get(0)
        .hits();
  }

  private static long hitsOfLinkedHashMap(long[] keys, int capacity) {
    Map<Long, Boolean> cache = new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
        return size() > capacity;
      }
    };
    List<Long> hits = new ArrayList<>();
    for (long key : keys) {
      if (cache.put(key, true) != null) {
        hits.add(key);
      }
    }
    return hits.size();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] littleEndian(long[] keys) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * keys.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asLongBuffer().put(keys);
    return buffer.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
