package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ZonePreferenceProperties {
  /** A backend, and how many requests are in flight there. */
  record Member(String zone, int weight, int requests) {}

  @Provide
  Arbitrary<Member> members() {
    return Combinators.combine(
            Arbitraries.of("here", "there"),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(0, 20))
        .as(Member::new);
  }

  /** The first backend is elsewhere, so it is picked if, and only if, the request spills. */
  private static List<Backend<String>> backends(List<Member> members) {
    List<Backend<String>> backends = new ArrayList<>();
    backends.add(Backend.of(Node.of("elsewhere")));
    for (Member member : members) {
      String id = "b" + backends.size();
      backends.add(Backend.of(new Node<>(id, member.weight(), member.zone())));
      backends.get(backends.size() - 1).inFlight = member.requests();
    }
    return backends;
  }

  /** Decimals are exact: the factor has two digits, and both sides are multiplied by the weight of all. */
  @Property(tries = 1_000)
  void spillsIfTheZoneIsBusierThanItsPart(
      @ForAll @Size(max = 30) List<@From("members") Member> members,
      @ForAll @IntRange(min = 100, max = 400) int percent) {
    List<Backend<String>> backends = backends(members);
    long requests = 0;
    long weight = 0;
    long localRequests = 0;
    long localWeight = 0;
    long local = 0;
    for (Backend<String> backend : backends) {
      boolean here = backend.zone().equals("here");
      requests += backend.inFlight();
      weight += backend.weight();
      localRequests += here ? backend.inFlight() : 0;
      localWeight += here ? backend.weight() : 0;
      local += here ? 1 : 0;
    }
    BigDecimal excess = BigDecimal.valueOf((localRequests - local) * weight);
    BigDecimal part =
        BigDecimal.valueOf(percent, 2).multiply(BigDecimal.valueOf(requests * localWeight));
    boolean tie = local > 0 && excess.compareTo(part) == 0; // rounding decides
    boolean spills = local == 0 || excess.compareTo(part) > 0;
    String picked = ZonePreference.of("here", percent / 100.0, backends, RoundRobin::of)
        .pick()
        .id();
    assertTrue(tie || spills == picked.equals("elsewhere"), "spills " + spills + ", was " + picked);
  }

  @Property(tries = 200)
  void littleToDoNeverLeavesTheZone(
      @ForAll @Size(max = 20) List<@From("members") Member> members,
      @ForAll @IntRange(min = 1, max = 5) int local) {
    List<Backend<String>> backends = backends(members);
    for (int i = 0; i < local; i++) {
      backends.add(Backend.of(Node.of("local" + i).inZone("here")));
    }
    backends.forEach(backend -> backend.inFlight = 0);
    ZonePreference<String> balancer = ZonePreference.of("here", 1, backends, LeastInFlight::of);
    for (int i = 0; i < local; i++) {
      assertEquals("here", balancer.pick().zone());
    }
  }

  /** With factor 1 and no answers all backends fill up; a zone takes one for each of its backends to spare. */
  @Property(tries = 50)
  void noBackendStarves(@ForAll @Size(max = 20) List<@From("members") Member> members) {
    List<Backend<String>> backends = backends(members);
    backends.forEach(backend -> backend.inFlight = 0);
    ZonePreference<String> balancer = ZonePreference.of("here", 1, backends, LeastInFlight::of);
    Some.picks(balancer, 3_000);
    int weight = backends.stream().mapToInt(Backend::weight).sum();
    for (Backend<String> backend : backends) {
      double due = 3_000.0 * backend.weight() / weight;
      assertEquals(due, backend.inFlight(), members.size() + 3, backend.toString());
    }
  }
}
