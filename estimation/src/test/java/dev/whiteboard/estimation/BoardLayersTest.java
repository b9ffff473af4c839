package dev.whiteboard.estimation;

import static dev.whiteboard.estimation.Boards.arrow;
import static dev.whiteboard.estimation.Boards.box;
import static dev.whiteboard.estimation.ComponentKind.CACHE;
import static dev.whiteboard.estimation.ComponentKind.CLIENT;
import static dev.whiteboard.estimation.ComponentKind.QUEUE;
import static dev.whiteboard.estimation.ComponentKind.SERVICE;
import static dev.whiteboard.estimation.ComponentKind.STORE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardLayersTest {
  private final BoardBox client = box("client", CLIENT);
  private final BoardBox service = box("service", SERVICE);
  private final BoardBox store = box("store", STORE);

  @Test
  void of_chain_isOneLayerEach() {
    assertEquals(
        Map.of("client", 0, "service", 1, "store", 2),
        BoardLayers.of(
            List.of(store, service, client),
            List.of(arrow("service", "store"), arrow("client", "service"))));
  }

  @Test
  void of_answers_leadBackToTheClient() {
    assertEquals(
        Map.of("client", 0, "service", 1, "store", 2),
        BoardLayers.of(
            List.of(store, service, client),
            List.of(
                arrow("store", "service"),
                arrow("service", "client"),
                arrow("client", "service"),
                arrow("service", "store"))));
  }

  @Test
  void of_shortCut_longestPathCounts() {
    assertEquals(
        Map.of("client", 0, "service", 1, "store", 2),
        BoardLayers.of(
            List.of(client, service, store),
            List.of(
                arrow("client", "store"), arrow("client", "service"), arrow("service", "store"))));
  }

  @Test
  void of_workers_standBesideTheServiceThatFillsTheirQueue() {
    assertEquals(
        Map.of("client", 0, "service", 1, "worker", 1, "queue", 2, "store", 2),
        BoardLayers.of(
            List.of(client, service, box("worker", SERVICE), box("queue", QUEUE), store),
            List.of(
                arrow("client", "service"),
                arrow("service", "queue"),
                arrow("worker", "queue"),
                arrow("worker", "store"))));
  }

  @Test
  void of_cacheOfAnEarlyService_standsNextToIt() {
    assertEquals(
        Map.of("client", 0, "service", 1, "cache", 2, "worker", 2, "store", 3),
        BoardLayers.of(
            List.of(client, service, box("cache", CACHE), box("worker", SERVICE), store),
            List.of(
                arrow("client", "service"),
                arrow("service", "cache"),
                arrow("service", "worker"),
                arrow("worker", "store"))));
  }

  @Test
  void of_clientOfALateBox_standsFirst() {
    assertEquals(
        Map.of("client", 0, "service", 1, "store", 2, "admin", 0),
        BoardLayers.of(
            List.of(client, service, store, box("admin", CLIENT)),
            List.of(
                arrow("client", "service"), arrow("service", "store"), arrow("admin", "store"))));
  }

  @Test
  void of_boxesWithoutArrows_clientsAreFirstAndTheOthersLast() {
    assertEquals(
        Map.of("client", 0, "service", 1, "store", 1, "admin", 0),
        BoardLayers.of(
            List.of(client, service, store, box("admin", CLIENT)),
            List.of(arrow("client", "service"))));
  }

  @Test
  void of_nothing_isNothing() {
    assertEquals(Map.of(), BoardLayers.of(List.of(), List.of()));
  }
}
