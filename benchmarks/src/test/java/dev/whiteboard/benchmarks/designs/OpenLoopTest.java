package dev.whiteboard.benchmarks.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.designs.OpenLoop.Answer;
import dev.whiteboard.benchmarks.designs.OpenLoop.Result;
import dev.whiteboard.benchmarks.designs.http.Loopback;
import dev.whiteboard.benchmarks.designs.http.Problem;
import dev.whiteboard.benchmarks.designs.http.Server;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger seen = new AtomicInteger();
  private final CloseableHttpClient client = Loopback.client(OpenLoop.CLIENTS);
  private Server server;

  @BeforeEach
  void start() {
    server = Server.builder("test")
        .route("GET", "/ok", call -> call.text(200, "text/plain", "hello"))
        .route("GET", "/bad", call -> {
          throw Problem.of(404, "no");
        })
        .route("GET", "/tenth", call -> {
          // The first request waits until nine others have come: only clients who do not wait for
          // it send them.
          if (seen.incrementAndGet() == 1) {
            gate.await();
          } else if (seen.get() == 10) {
            gate.countDown();
          }
          call.text(200, "text/plain", "");
        })
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  private Supplier<ClassicHttpRequest> get(String path) {
    return () -> ClassicRequestBuilder.get(server.uri().resolve(path)).build();
  }

  private OpenLoop load() {
    return new OpenLoop(client, new Random(1));
  }

  @Test
  void run_sameSeed_isDueAtTheSameMoments() {
    Result once = load().run(500, 0.2, get("/ok"));
    Result again = load().run(500, 0.2, get("/ok"));
    assertEquals(moments(once), moments(again));
    assertTrue(once.answers().size() > 50, "100 are due, 4σ = 40");
    assertEquals(0, once.otherThan(200));
    assertTrue(once.answers().stream().allMatch(answer -> answer.bytes() == 5));
  }

  private static List<Double> moments(Result result) {
    return result.answers().stream().map(Answer::dueSeconds).sorted().toList();
  }

  @Test
  void run_errors_areCounted() {
    Result result = load().run(500, 0.1, get("/bad"));
    assertEquals(result.answers().size(), result.otherThan(200));
    assertEquals(0, result.otherThan(404));
  }

  @Test
  void run_noServer_isStatusZero() {
    ClassicHttpRequest request = get("/ok").get();
    server.close();
    Result result = load().run(500, 0.05, () -> request);
    assertTrue(result.answers().size() > 0);
    assertEquals(0, result.otherThan(0));
  }

  @Test
  void run_slowAnswer_keepsNobodyElseWaiting() {
    Result result = load().run(500, 0.2, get("/tenth"));
    assertEquals(0, result.otherThan(200));
    assertTrue(result.latencySeconds(100) >= result.latencySeconds(50));
  }

  @Test
  void run_badRateOrTime_isRefused() {
    assertEquals(
        "rate must be > 0, was 0.0",
        assertThrows(IllegalArgumentException.class, () -> load().run(0, 1, get("/ok")))
            .getMessage());
    assertEquals(
        "seconds must be > 0, was -1.0",
        assertThrows(IllegalArgumentException.class, () -> load().run(1, -1, get("/ok")))
            .getMessage());
  }
}
