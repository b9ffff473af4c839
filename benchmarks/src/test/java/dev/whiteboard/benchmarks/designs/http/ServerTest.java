package dev.whiteboard.benchmarks.designs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerTest {
  /** The common pool may have a single thread. */
  private static final Executor THREADS = task -> new Thread(task).start();

  private final HttpClient client = HttpClient.newHttpClient();

  private CompletableFuture<HttpResponse<String>> get(URI uri) {
    return client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void close_whileARequestIsUnderWay_letsItFinishAndTakesNoOther() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    Server server = Server.builder("test")
        .route("GET", "/slow", call -> {
          arrived.countDown();
          released.await();
          call.text(200, "text/plain", "done");
        })
        .quickRoute("GET", "/quick", call -> call.reply(204))
        .start();
    int port = server.port();
    CompletableFuture<HttpResponse<String>> slow = get(server.uri().resolve("/slow"));
    arrived.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close, THREADS);
    while (get(server.uri().resolve("/quick"))
            .thenApply(HttpResponse::statusCode)
            .get()
        != 503) {
      assertFalse(slow.isDone());
    }
    assertFalse(closing.isDone());
    released.countDown();
    assertEquals("done", slow.get().body());
    closing.get(20, TimeUnit.SECONDS);
    try (ServerSocket portIsFree = new ServerSocket(port)) {
      assertTrue(portIsFree.isBound());
    }
  }

  @Test
  void request_longerThanTheTimeout_isCutOff() {
    CountDownLatch never = new CountDownLatch(1);
    try (Server server = Server.builder("test")
        .timeout(Duration.ofMillis(100))
        .route("GET", "/", call -> never.await())
        .start()) {
      Exception e = assertThrows(Exception.class, () -> get(server.uri()).get());
      assertTrue(e.getCause() instanceof IOException);
      never.countDown();
    }
  }

  @Test
  void endpoint_thatFails_is500WithoutDetails() throws Exception {
    try (Server server = Server.builder("test")
        .quickRoute("GET", "/", call -> {
          throw new IllegalStateException("a secret");
        })
        .start()) {
      HttpResponse<String> response = get(server.uri()).get();
      assertEquals(500, response.statusCode());
      assertEquals(
          "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
              + "\"detail\":\"something went wrong; it has been logged\"}",
          response.body());
    }
  }

  @Test
  void address_behindAProxy_isWhatTheProxyNames() throws Exception {
    for (boolean behindProxy : new boolean[] {false, true}) {
      try (Server server = Server.builder("test")
          .behindProxy(behindProxy)
          .quickRoute("GET", "/", call -> call.text(200, "text/plain", call.address()))
          .start()) {
        HttpRequest request = HttpRequest.newBuilder(server.uri())
            .header("X-Forwarded-For", "203.0.113.9")
            .build();
        String address = client.send(request, BodyHandlers.ofString()).body();
        assertEquals(behindProxy ? "203.0.113.9" : "127.0.0.1", address);
      }
    }
  }

  @Test
  void builder_outOfRange_isRefused() {
    ServerBuilder builder = Server.builder("test");
    assertEquals(
        "port must be in [0, 65535], was 65536",
        assertThrows(IllegalArgumentException.class, () -> builder.port(65_536)).getMessage());
    assertEquals(
        "timeout must be in [1 ms, 1 h], was PT0S",
        assertThrows(IllegalArgumentException.class, () -> builder.timeout(Duration.ZERO))
            .getMessage());
  }

  @Test
  void problem_statusThatIsNoError_isRefused() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Problem.of(200, "fine"));
    assertEquals("status must be in [400, 599], was 200", e.getMessage());
  }
}
