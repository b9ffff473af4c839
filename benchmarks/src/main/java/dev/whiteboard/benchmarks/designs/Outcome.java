package dev.whiteboard.benchmarks.designs;

import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.estimation.Design;
import java.util.List;

/**
 * A design that was estimated, run and compared.
 *
 * @param title its name for people
 * @param load what was asked of it
 * @param design the estimate
 * @param predictions what was predicted and measured
 * @param charts pictures of it
 */
public record Outcome(
    String title, String load, Design design, List<Prediction> predictions, List<Chart> charts) {
  /** Copies the lists. */
  public Outcome {
    predictions = List.copyOf(predictions);
    charts = List.copyOf(charts);
  }

  /** The predictions that do not depend on the machine's speed. */
  public List<Prediction> exact() {
    return predictions.stream().filter(prediction -> !prediction.timed()).toList();
  }

  /** Whether every prediction that does not depend on the machine's speed came true. */
  public boolean holds() {
    return exact().stream().allMatch(Prediction::holds);
  }
}
