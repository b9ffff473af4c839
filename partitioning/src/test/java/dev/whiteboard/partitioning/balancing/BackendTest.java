package dev.whiteboard.partitioning.balancing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.whiteboard.partitioning.Node;
import org.junit.jupiter.api.Test;

class BackendTest {
  private final Backend<String> backend = Backend.of(Node.of("a", 3).inZone("x"));

  @Test
  void of_node_showsIt() {
    assertEquals("a", backend.id());
    assertEquals(3, backend.weight());
    assertEquals("x", backend.zone());
    assertEquals(0, backend.inFlight());
    assertEquals("", Backend.of(Node.of("a")).zone());
  }

  @Test
  void of_null_isRefused() {
    assertEquals(
        "node", assertThrows(NullPointerException.class, () -> Backend.of(null)).getMessage());
  }

  @Test
  void release_moreOftenThanAcquire_isRefusedAndChangesNothing() {
    backend.acquire();
    backend.release();
    assertEquals(
        "no request is in flight at backend a",
        assertThrows(IllegalStateException.class, backend::release).getMessage());
    assertEquals(0, backend.inFlight());
    assertEquals(1, backend.acquire().inFlight());
  }

  @Test
  void inFlight_moreThanAnInt_saturates() {
    backend.inFlight = Integer.MAX_VALUE;
    assertEquals(Integer.MAX_VALUE, backend.acquire().inFlight());
    backend.release();
    backend.release();
    assertEquals(Integer.MAX_VALUE - 1, backend.inFlight());
  }

  @Test
  void metAt_laterCalls_keepTheFirstTime() {
    assertEquals(-5, backend.metAt(-5));
    assertEquals(-5, backend.metAt(7));
    assertEquals(Long.MIN_VALUE + 1, Backend.of(Node.of("b")).metAt(Long.MIN_VALUE));
  }

  @Test
  void fadeNotBefore_earlierTime_changesNothing() {
    assertEquals(Backend.NEVER, backend.fadedAt());
    backend.fadeNotBefore(-100);
    backend.fadeNotBefore(-200);
    assertEquals(-100, backend.fadedAt());
    backend.fadeNotBefore(50);
    assertEquals(50, backend.fadedAt());
  }

  @Test
  void fadeNotBefore_clockThatWraps_comparesTheDifference() {
    backend.fadeNotBefore(Long.MAX_VALUE);
    backend.fadeNotBefore(Long.MIN_VALUE + 9);
    assertEquals(Long.MIN_VALUE + 9, backend.fadedAt());
    Backend<String> other = Backend.of(Node.of("b"));
    other.fadeNotBefore(Long.MIN_VALUE);
    assertEquals(Long.MIN_VALUE + 1, other.fadedAt());
  }

  @Test
  void toString_showsNodeAndRequests() {
    assertEquals(
        "Node[id=a, weight=3, zone=x] with 1 in flight", backend.acquire().toString());
  }
}
