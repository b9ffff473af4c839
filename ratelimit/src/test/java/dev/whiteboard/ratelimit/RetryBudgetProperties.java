package dev.whiteboard.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RetryBudgetProperties {
  private record Event(long slice, long millionths) {}

  /** The model keeps every event and adds up those of the present tenth and of the nine before it. */
  @Property
  void decidesAsAListOfAllEventsDoes(
      @ForAll @IntRange(min = 0, max = 2000) int shareInThousandths,
      @ForAll @IntRange(min = 0, max = 3) int minPerSecond,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9) Integer> steps) {
    TestTicker ticker = new TestTicker();
    RetryBudget budget = RetryBudget.builder()
        .share(shareInThousandths / 1000.0)
        .minPerSecond(minPerSecond)
        .ttl(Duration.ofSeconds(1))
        .ticker(ticker)
        .build();
    List<Event> events = new ArrayList<>();
    for (int step : steps) {
      ticker.advance(step == 0 ? Duration.ofMillis(450) : Duration.ofMillis(step * 3L));
      long slice = ticker.read() / 100_000_000;
      long sum = minPerSecond * 1_000_000L;
      for (Event event : events) {
        sum += event.slice() > slice - 10 ? event.millionths() : 0;
      }
      assertEquals(Math.max(0, sum / 1_000_000), budget.available());
      if (step % 2 == 0) {
        budget.deposit();
        events.add(new Event(slice, shareInThousandths * 1000L));
      } else {
        boolean allowed = sum >= 1_000_000;
        assertEquals(allowed, budget.tryWithdraw());
        if (allowed) {
          events.add(new Event(slice, -1_000_000));
        }
      }
    }
  }
}
