package dev.whiteboard.benchmarks.claims;

import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Claims about the bookkeeping of deadlines, as a cache whose entries expire does it. */
final class TimerClaims {
  private static final int[] SIZES = {1000, 8000, 64_000};

  private static final int SLOT_BITS = 6;
  private static final int SLOTS = 1 << SLOT_BITS;

  private TimerClaims() {}

  static List<Claim> all() {
    return List.of(wheelIsConstant());
  }

  private static Claim wheelIsConstant() {
    return new Claim(
        "B08",
        "caching",
        "A timing wheel schedules in O(1), a heap in O(log n).",
        "Varghese and Lauck, Hashed and Hierarchical Timing Wheels, SOSP 1987",
        Verdict.TRUE,
        "Wheels of 64 slots: a timer is put into a slot once for each digit of its deadline, to the base 64, that is not 0: 63/64 of the "
            + "digits on average, whatever n is. A heap sorts: log2(n!) / n comparisons a timer at least, and at most 2 log2 n to "
            + "take it out and log2 n to put it in.",
        "Counted are slots entered and comparisons. A wheel also looks at each slot that time passes, however few timers there are: it "
            + "pays for many timers, and a heap is as good for a few.",
        List.of(Parameter.count("wheels", 3, 1, 4)),
        settings -> {
          int wheels = settings.count("wheels");
          double[] slots = Arrays.stream(SIZES)
              .mapToDouble(size -> slotsEntered(deadlines(size, wheels), wheels))
              .toArray();
          double[] compared = Arrays.stream(SIZES)
              .mapToDouble(size -> comparisons(deadlines(size, wheels)))
              .toArray();
          List<Check> checks = new ArrayList<>();
          double filled = (SLOTS - 1.0) / SLOTS;
          for (int i = 0; i < SIZES.length; i++) {
            checks.add(new Check(
                "slots entered per timer, " + Numbers.format(SIZES[i]) + " timers",
                wheels * filled,
                slots[i],
                4 * Math.sqrt(wheels * filled * (1 - filled) / SIZES[i])));
          }
          for (int i = 0; i < SIZES.length; i++) {
            checks.add(Trials.within(
                "comparisons per timer in a heap, " + Numbers.format(SIZES[i]) + " timers",
                sorting(SIZES[i]),
                3 * log2(SIZES[i]),
                compared[i]));
          }
          double[] xs = CacheTrials.asDoubles(SIZES);
          return new Outcome(checks, null)
              .with(new Chart(
                  "Steps to schedule a timer and see it expire",
                  Axis.log("timers"),
                  Axis.linear("steps per timer"),
                  List.of(
                      Series.of("timing wheel, slots", Mark.LINE_AND_DOTS, xs, slots),
                      Series.of("heap, comparisons", Mark.DOTS, xs, compared),
                      Series.of(
                          "log2(n!) / n",
                          Mark.LINE,
                          xs,
                          Arrays.stream(SIZES).mapToDouble(TimerClaims::sorting).toArray()))));
        });
  }

  private static double sorting(int size) {
    return IntStream.rangeClosed(2, size).mapToDouble(TimerClaims::log2).sum() / size;
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  private static int[] deadlines(int count, int wheels) {
    return Settings.random(80).ints(count, 0, 1 << (SLOT_BITS * wheels)).toArray();
  }

  private static double comparisons(int[] deadlines) {
    long[] compared = {0};
    PriorityQueue<Integer> heap = new PriorityQueue<>((a, b) -> {
      compared[0]++;
      return Integer.compare(a, b);
    });
    Arrays.stream(deadlines).forEach(heap::add);
    while (!heap.isEmpty()) {
      heap.remove();
    }
    return (double) compared[0] / deadlines.length;
  }

  /** Runs wheels from time 0 to the last deadline: slot {@code s} of wheel {@code w} begins at s 64^w. */
  private static double slotsEntered(int[] deadlines, int wheels) {
    List<List<Integer>> slots = new ArrayList<>();
    IntStream.range(0, wheels * SLOTS).forEach(i -> slots.add(new ArrayList<>()));
    long entered = 0;
    for (int deadline : deadlines) {
      entered += schedule(slots, deadline, 0);
    }
    for (int now = 1; now < 1 << (SLOT_BITS * wheels); now++) {
      for (int wheel = wheels - 1; wheel >= 0; wheel--) {
        if (Integer.numberOfTrailingZeros(now) >= SLOT_BITS * wheel) {
          List<Integer> due = slots.set(slot(wheel, now), new ArrayList<>());
          for (int deadline : due) {
            entered += schedule(slots, deadline, now);
          }
        }
      }
    }
    return (double) entered / deadlines.length;
  }

  /** Puts a timer into the wheel of the highest digit in which its deadline differs from now; one that is due into none. */
  private static int schedule(List<List<Integer>> slots, int deadline, int now) {
    if (deadline == now) {
      return 0;
    }
    int wheel = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(deadline ^ now)) / SLOT_BITS;
    slots.get(slot(wheel, deadline)).add(deadline);
    return 1;
  }

  private static int slot(int wheel, int time) {
    return wheel * SLOTS + (time >> (SLOT_BITS * wheel) & (SLOTS - 1));
  }
}
