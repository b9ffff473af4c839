package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AdaptiveThrottleProperties {
  /** The model keeps the second of every event and counts those of the present one and of the 119 before it. */
  @Property(tries = 300)
  void probabilityIsThatOfAListOfAllEvents(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 40) Integer> steps) {
    TestTicker ticker = new TestTicker();
    AdaptiveThrottle throttle =
        AdaptiveThrottle.builder(new Random(1)).ticker(ticker).build();
    List<Long> requests = new ArrayList<>();
    List<Long> accepts = new ArrayList<>();
    for (int step : steps) {
      ticker.advance(step == 40 ? Duration.ofSeconds(100) : Duration.ofMillis(step * 50L));
      long second = ticker.read() / 1_000_000_000;
      throttle.tryAcquire();
      requests.add(second);
      if (step % 3 == 0) {
        throttle.accepted();
        accepts.add(second);
      }
      double wanted = requests.stream().filter(then -> then > second - 120).count();
      double accepted = accepts.stream().filter(then -> then > second - 120).count();
      assertEquals(
          Math.max(0, (wanted - 2 * accepted) / (wanted + 1)), throttle.rejectionProbability());
    }
  }
}
