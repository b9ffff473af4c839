package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.partitioning.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ZonePreferenceTest {
  private static Backend<String> in(String zone, String id) {
    return Backend.of(Node.of(id).inZone(zone));
  }

  private final List<Backend<String>> backends =
      List.of(in("y", "c"), in("y", "d"), in("z", "e"), in("", "f"), in("x", "a"), in("x", "b"));

  private ZonePreference<String> prefer(String zone, double factor) {
    return ZonePreference.of(zone, factor, backends, RoundRobin::of);
  }

  @Test
  void pick_littleToDo_staysInTheZone() {
    assertEquals("abababab", Some.idlePicks(prefer("x", 1), 8));
  }

  /** A third of the weight times 1.5 is a half: l of n are too many if l > n / 2 + 2. 5 > 4.5, 6 > 5.5, 7 > 6.5. */
  @Test
  void pick_zoneIsBusier_spills() {
    assertEquals("ababacbdae", Some.picks(prefer("x", 1.5), 10));
  }

  @Test
  void pick_othersAreAsBusy_staysInTheZone() {
    backends.forEach(backend -> backend.inFlight = 100);
    assertEquals("abab", Some.picks(prefer("x", 1), 4));
  }

  @Test
  void pick_noBackendInTheZone_goesAnywhere() {
    assertEquals("cdefabc", Some.picks(prefer("nowhere", 1), 7));
  }

  @Test
  void pick_allInTheZone_neverSpills() {
    List<Backend<String>> local = List.of(in("x", "a"), in("x", "b"));
    ZonePreference<String> balancer =
        ZonePreference.of("x", 1, local, list -> RoundRobin.of(List.copyOf(list)));
    assertEquals("ab".repeat(500), Some.picks(balancer, 1_000));
  }

  @Test
  void pick_factorAsLargeAsTheRestOfTheWorld_neverSpills() {
    assertEquals("ab".repeat(500), Some.picks(prefer("x", 3), 1_000));
    assertEquals("ab".repeat(500), Some.picks(prefer("x", Double.MAX_VALUE), 1_000));
  }

  /** With weight 6 of 10, the zone may have 6 of 10 requests, and 1 to spare: 3 > 0.6 * 3 + 1, 5 > 0.6 * 6 + 1. */
  @Test
  void pick_weights_decideWhatIsTheZonesPart() {
    List<Backend<String>> weighted = List.of(
        Backend.of(Node.of("c", 4).inZone("y")), Backend.of(Node.of("a", 6).inZone("x")));
    assertEquals("aaacaaca", Some.picks(ZonePreference.of("x", 1, weighted, LeastInFlight::of), 8));
  }

  @Test
  void pick_busyZoneRecovers_comesBack() {
    ZonePreference<String> balancer = prefer("x", 1.5);
    backends.get(5).inFlight = 100;
    assertEquals("cde", Some.picks(balancer, 3));
    backends.get(5).inFlight = 0;
    assertEquals("ab", Some.picks(balancer, 2));
  }

  /** 64 / 16 picks. */
  @Test
  void pick_manyBackends_decisionStandsForASixteenthOfThem() {
    List<Backend<String>> many = new ArrayList<>(Some.equal(63));
    many.add(in("x", "a"));
    ZonePreference<String> balancer = ZonePreference.of("x", 1, many, RoundRobin::of);
    assertEquals("a", balancer.pick().id());
    many.get(63).inFlight = 100;
    assertEquals("aaa", Some.picks(balancer, 3));
    assertEquals("0123", Some.picks(balancer, 4));
    many.get(63).inFlight = 0;
    assertEquals("aaaa", Some.picks(balancer, 4));
  }

  @Test
  void changeOfMembership_decidesByTheSameCounts() {
    Some.picks(prefer("x", 1.5), 5);
    assertEquals("c", prefer("x", 1.5).pick().id());
  }

  @Test
  void done_latency_isKnownInAllZones() {
    ZonePreference<String> balancer =
        ZonePreference.of("x", 2, backends, list -> PeakEwma.builder(list).build());
    Backend<String> picked = balancer.pick();
    balancer.done(picked, 1_000);
    assertEquals("x", picked.zone());
    assertEquals(true, picked.fadedAt() != Backend.NEVER);
  }

  @Test
  void of_badArgument_isRefused() {
    assertEquals("zone must not be empty", refused(() -> prefer("", 1)));
    String factor = "factor must be finite and >= 1, was ";
    assertEquals(factor + "0.99", refused(() -> prefer("x", 0.99)));
    assertEquals(factor + "-1.0", refused(() -> prefer("x", -1)));
    assertEquals(factor + "NaN", refused(() -> prefer("x", Double.NaN)));
    assertEquals(factor + "Infinity", refused(() -> prefer("x", Double.POSITIVE_INFINITY)));
    assertEquals("zone", missing(() -> prefer(null, 1)));
    assertEquals("factory", missing(() -> ZonePreference.of("x", 1, backends, null)));
    assertEquals(
        "balancer of the factory",
        missing(() -> ZonePreference.of("x", 1, backends, list -> null)));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
