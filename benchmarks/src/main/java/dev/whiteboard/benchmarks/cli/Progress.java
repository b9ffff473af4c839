package dev.whiteboard.benchmarks.cli;

import com.google.common.base.Stopwatch;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says on the error stream what long work is at: a line a step, with the time since the start. */
final class Progress {
  private final PrintWriter err;
  private final int steps;
  private final Stopwatch sinceStart = Stopwatch.createStarted();
  private int step;

  Progress(PrintWriter err, int steps) {
    this.err = err;
    this.steps = steps;
  }

  void step(String what) {
    step++;
    print(String.format(Locale.ROOT, "[%2d/%d]", step, steps), what);
  }

  void done() {
    print("[done]", "");
  }

  private void print(String where, String what) {
    double seconds = sinceStart.elapsed(TimeUnit.MILLISECONDS) / 1000.0;
    err.println(
        String.format(Locale.ROOT, "%s %5.1f s  %s", where, seconds, what).stripTrailing());
    err.flush();
  }
}
