package dev.whiteboard.benchmarks.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.designs.Designs;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Prediction NEAR = Prediction.of("bytes", "B", 100, 104, 5, "");
  private static final Prediction FAR = Prediction.of("bytes", "B", 100, 106, 5, "");
  private static final Prediction SLOW = Prediction.timed("latency", "ms", 1, 7, 5, "");

  private static Outcome outcome(Prediction... predictions) {
    return new Outcome(
        "title", "load", Designs.named("image-service"), List.of(predictions), List.of());
  }

  @Test
  void prediction_farFromTheMeasurement_doesNotHold() {
    assertEquals(0.04, NEAR.error(), 1e-12);
    assertEquals(List.of(true, false), List.of(NEAR.holds(), FAR.holds()));
  }

  @Test
  void error_zeroPredictedAndMeasured_isZero() {
    assertEquals(0, Prediction.of("lost", "items", 0, 0, 0, "").error());
  }

  @Test
  void holds_onePredictionFails_no() {
    assertTrue(outcome(NEAR).holds());
    assertFalse(outcome(NEAR, FAR).holds());
  }

  @Test
  void holds_slowMachine_isShownAndDecidesNothing() {
    assertFalse(SLOW.holds());
    assertTrue(outcome(NEAR, SLOW).holds());
    assertEquals(List.of(NEAR), outcome(NEAR, SLOW).exact());
  }
}
