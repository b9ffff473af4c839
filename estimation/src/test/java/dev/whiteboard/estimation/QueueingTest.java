package dev.whiteboard.estimation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class QueueingTest {
  /** 1,000 requests a second that each take 50 ms keep 50 connections busy. */
  @Test
  void littlesLaw_threeForms_agree() {
    assertEquals(50, Queueing.itemsInSystem(1000, 0.05));
    assertEquals(1000, Queueing.arrivalRate(50, 0.05));
    assertEquals(0.05, Queueing.timeInSystem(50, 1000));
  }

  @Test
  void emptySystem_hasNoItemsAndNoDelay() {
    assertEquals(0, Queueing.itemsInSystem(0, 10));
    assertEquals(0, Queueing.arrivalRate(0, 10));
    assertEquals(0, Queueing.timeInSystem(0, 10));
  }

  @Test
  void badInput_namesArgumentRuleAndValue() {
    assertRefused(
        "arrivalRate must be finite and >= 0, was -1.0", () -> Queueing.itemsInSystem(-1, 1));
    assertRefused(
        "timeInSystem must be finite and >= 0, was NaN",
        () -> Queueing.itemsInSystem(1, Double.NaN));
    assertRefused(
        "itemsInSystem must be finite and >= 0, was -1.0", () -> Queueing.arrivalRate(-1, 1));
    assertRefused("timeInSystem must be finite and > 0, was 0.0", () -> Queueing.arrivalRate(1, 0));
    assertRefused("arrivalRate must be finite and > 0, was 0.0", () -> Queueing.timeInSystem(1, 0));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
