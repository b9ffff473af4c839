package dev.whiteboard.partitioning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs of libketama and of clients that agree with it. */
class HashRingVectorsTest {
  private static final int[] WEIGHTS = {600, 300, 200, 350, 1000, 800, 950, 100};

  private static HashRing<String> ketama(String suffix, int... weights) {
    HashRing.Builder<String> builder = HashRing.<String>builder().placement(Placement.ketama());
    for (int i = 0; i < weights.length; i++) {
      builder.node(Node.of("10.0.1." + (i + 1) + suffix, weights[i]));
    }
    return builder.build();
  }

  private static HashRing<String> local(int servers) {
    HashRing.Builder<String> builder = HashRing.<String>builder().placement(Placement.ketama());
    for (int i = 0; i < servers; i++) {
      builder.node(Node.of("127.0.0.1:" + (10000 + i)));
    }
    return builder.build();
  }

  /** twitter/finagle, ketama_results, which libmemcached made: the upper half of a hash is libketama's. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "SVa_]_V41), 443691461, 445379617, 10.0.1.7",
        "*/Z;?V(.\\8, 1422915503, 1428303028, 10.0.1.1",
        "30C1*Z*S/_, 1473165754, 1480075959, 10.0.1.2",
        "1I=cTMNTKF, 2882686667, 2885206587, 10.0.1.5",
        "726bW=9*a4, 4213440020, 4213950705, 10.0.1.7",
        "P1[Ma3=K1/, 1989324036, 1994028240, 10.0.1.8",
        "D[HE+cFXDK, 2117036136, 2117124014, 10.0.1.3"
      })
  void agreesWithLibmemcachedOnWeightedServers(
      String key, long keyHash, long point, String server) {
    HashRing<String> ring = ketama("", WEIGHTS);
    assertEquals(keyHash << 32, Placement.ketama().hash(key));
    assertEquals(server, ring.locate(key));
    assertEquals(point, points(ring, "", WEIGHTS).ceilingKey(keyHash));
  }

  /** couchbase/spymemcached, KetamaNodeLocatorTest.testLibKetamaCompatTwo. */
  @ParameterizedTest
  @CsvSource({
    "137470, 2",
    "137703, 3",
    "137936, 1",
    "138169, 6",
    "138402, 8",
    "138635, 7",
    "139101, 4",
    "141664, 5"
  })
  void agreesWithSpymemcachedOnEqualServers(String key, int server) {
    assertEquals(
        "10.0.1." + server + ":11211", ketama(":11211", 1, 1, 1, 1, 1, 1, 1, 1).locate(key));
  }

  /** couchbase/spymemcached, KetamaNodeLocatorTest; the keys of eight characters lie after the last point. */
  @ParameterizedTest
  @CsvSource({
    "4, dustin, 0",
    "4, noelani, 2",
    "4, some other key, 0",
    "4, V5XS8C8N, 3",
    "4, 8KR2DKR2, 3",
    "4, L9KH6X4X, 3",
    "5, dustin, 0",
    "5, noelani, 2",
    "5, some other key, 4",
    "5, 36, 2",
    "5, 10037, 3",
    "5, 22051, 1",
    "5, 49044, 4"
  })
  void agreesWithSpymemcachedOnFewServers(int servers, String key, int server) {
    assertEquals("127.0.0.1:" + (10000 + server), local(servers).locate(key));
  }

  /** dgryski/go-ketama, TestBasicCompat, whose figures are Perl's Algorithm::ConsistentHash::Ketama's. */
  @Test
  void agreesWithGoAndPerlOnTheLoadOfTenServers() {
    HashRing.Builder<String> builder = HashRing.<String>builder().placement(Placement.ketama());
    for (int i = 1; i <= 10; i++) {
      builder.node(Node.of("server" + i));
    }
    HashRing<String> ring = builder.build();
    Map<String, Integer> load = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      load.merge(ring.locate("foo" + i), 1, Integer::sum);
    }
    assertEquals(
        "{server1=8699, server10=9462, server2=10885, server3=9980, server4=10237, server5=9099, "
            + "server6=10997, server7=10365, server8=10380, server9=9896}",
        load.toString());
  }

  /** RJ/ketama, python_ketama/tests.py. */
  @Test
  void agreesWithThePythonExtension() {
    HashRing<String> ring = HashRing.<String>builder()
        .placement(Placement.ketama())
        .node(Node.of("127.0.0.1:11211", 600))
        .node(Node.of("127.0.0.1:11212", 400))
        .build();
    assertEquals(3_446_378_249L << 32, Placement.ketama().hash("test"));
    assertEquals("127.0.0.1:11211", ring.locate("test"));
  }

  /** RJ/ketama, libketama/test.sh: MD5 over key hash, point and server of a million look-ups. */
  @Test
  void agreesWithLibketamaOnAMillionLookups() throws Exception {
    HashRing<String> ring = ketama(":11211", WEIGHTS);
    NavigableMap<Long, String> points = points(ring, ":11211", WEIGHTS);
    MessageDigest digest = MessageDigest.getInstance("MD5");
    digest.update((byte) '\n');
    for (int i = 0; i < 1_000_000; i++) {
      long hash = Placement.ketama().hash(Integer.toString(i));
      Long point = points.ceilingKey(hash >>> 32);
      String line = (hash >>> 32) + " " + (point == null ? points.firstKey() : point) + " "
          + ring.locate(hash) + "\n";
      digest.update(line.getBytes(UTF_8));
    }
    assertEquals("5672b131391f5aa2b280936aec1eea74", HexFormat.of().formatHex(digest.digest()));
  }

  /** The 32-bit points with their owners. */
  private static NavigableMap<Long, String> points(
      HashRing<String> ring, String suffix, int... weights) {
    TreeMap<Long, String> points = new TreeMap<>();
    long total = IntStream.of(weights).sum();
    for (int i = 0; i < weights.length; i++) {
      String server = "10.0.1." + (i + 1) + suffix;
      int count = (int) Placement.ketama().points(weights[i], weights.length, total);
      for (long position : Placement.ketama().positions(server, count)) {
        points.put(position >>> 32, server);
        assertEquals(server, ring.locate(position));
      }
    }
    return points;
  }

  /** 44.13 digests for an even share of 4300 / 8: libketama rounds down, 1264 points in all and not 1280. */
  @Test
  void ketama_weights_areRoundedDown() {
    assertEquals(176, Placement.ketama().points(600, 8, 4300));
    assertEquals(28, Placement.ketama().points(100, 8, 4300));
    assertEquals(1264, points(ketama("", WEIGHTS), "", WEIGHTS).size());
  }

  /** The nearest float to a 25th or a 61st is too small; the product is rounded up again for 25 servers, not for 61. */
  @Test
  void ketama_equalServers_mayLoseADigestToFloat() {
    assertEquals(160, Placement.ketama().points(1, 25, 25));
    assertEquals(156, Placement.ketama().points(1, 61, 61));
  }

  @Test
  void ketama_changeOfTheTotal_placesTheOthersAnew() {
    HashRing<String> ring = ketama("", WEIGHTS);
    HashRing<String> changed = ring.without("10.0.1.5").with(Node.of("10.0.1.5", 1000));
    assertEquals(
        0, ring.gains(changed).values().stream().mapToDouble(gain -> gain).sum());
    // Not minimal: a server that stays gains more than the server that left gave up only if others
    // lose too.
    double left = ring.ownership().get("10.0.1.5");
    double moved = ring.gains(ring.without("10.0.1.5")).values().stream()
        .mapToDouble(gain -> gain)
        .sum();
    assertEquals(true, moved > left, moved + " moved, " + left + " had to");
  }

  @Test
  void ketama_weightThatGetsNoPoint_isRefused() {
    assertEquals(
        "every node must have a point, 10.0.1.1 has none: raise its weight",
        assertThrows(IllegalArgumentException.class, () -> ketama("", 1, 1000)).getMessage());
  }
}
