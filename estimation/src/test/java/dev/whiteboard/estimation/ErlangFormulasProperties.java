package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class ErlangFormulasProperties {
  @Property
  void blockingAgreesWithTheRecursionFromTheFirstServerUp(
      @ForAll @IntRange(min = 1, max = 3000) int servers,
      @ForAll @Scale(9) @DoubleRange(min = 0.5, max = 3000) double offered) {
    double expected = 1;
    for (int n = 1; n <= servers; n++) {
      expected = offered * expected / (n + offered * expected);
    }
    double tolerance = expected < 1e-300 ? 1e-300 : 1e-12 * expected;
    assertEquals(expected, ErlangFormulas.blockingProbability(servers, offered), tolerance);
  }

  /** 1 / C = ρ + (1 − ρ) / B. */
  @Property
  void waitingFollowsFromBlocking(
      @ForAll @IntRange(min = 1, max = 100_000) int servers,
      @ForAll @Scale(9) @DoubleRange(min = 0.9, max = 0.9999) double utilisation) {
    double offered = servers * utilisation;
    double blocking = ErlangFormulas.blockingProbability(servers, offered);
    double expected = 1 / (utilisation + (1 - utilisation) / blocking);
    double tolerance = expected < 1e-300 ? 1e-300 : 1e-11 * expected;
    assertEquals(expected, ErlangFormulas.waitProbability(servers, offered), tolerance);
  }

  @Property
  void moreServersHelpAndMoreLoadHurts(
      @ForAll @IntRange(min = 1, max = 10_000) int servers,
      @ForAll @Scale(9) @DoubleRange(min = 0.8, max = 0.98) double utilisation) {
    double offered = servers * utilisation;
    double blocking = ErlangFormulas.blockingProbability(servers, offered);
    double waiting = ErlangFormulas.waitProbability(servers, offered);
    assertTrue(blocking > 0 && blocking < waiting && waiting < 1);
    assertTrue(ErlangFormulas.blockingProbability(servers + 1, offered) < blocking);
    assertTrue(ErlangFormulas.waitProbability(servers + 1, offered) < waiting);
    assertTrue(ErlangFormulas.blockingProbability(servers, 1.01 * offered) > blocking);
    assertTrue(ErlangFormulas.waitProbability(servers, 1.01 * offered) > waiting);
  }

  @Property
  void serversNeededAreEnoughAndOneFewerAreNot(
      @ForAll @Scale(9) @DoubleRange(min = 1, max = 1e6) double offered,
      @ForAll @Scale(9) @DoubleRange(min = 1e-6, max = 0.4) double target) {
    int room = ErlangFormulas.serversForBlocking(offered, target);
    assertTrue(ErlangFormulas.blockingProbability(room, offered) <= target);
    assertTrue(room == 1 || ErlangFormulas.blockingProbability(room - 1, offered) > target);
    int queue = ErlangFormulas.serversForWaitProbability(offered, target);
    assertTrue(ErlangFormulas.waitProbability(queue, offered) <= target);
    assertTrue(ErlangFormulas.waitProbability(queue - 1, offered) > target);
    int brief = ErlangFormulas.serversForMeanWait(offered, target);
    assertTrue(Queueing.mmc(offered, 1, brief).waitingTime() <= target);
    assertTrue(Queueing.mmc(offered, 1, brief - 1).waitingTime() > target);
  }
}
