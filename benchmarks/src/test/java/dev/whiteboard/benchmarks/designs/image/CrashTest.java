package dev.whiteboard.benchmarks.designs.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service at random moments while four clients upload and delete, starts it again on what is left, and compares
 * rows, files, thumbnails and what the clients were told.
 */
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int CLIENTS = 4;

  @TempDir
  Path data;

  private final AtomicInteger numbers = new AtomicInteger();

  /** What was accepted and not asked to be deleted. */
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  /** What was confirmed to be deleted. */
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();

  @Test
  void killedAtRandomMoments_rowsAndFilesAgreeAndNothingAcknowledgedIsLost() throws Exception {
    Random random = new Random(8);
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(round, 1 + random.nextInt(60), random.nextInt(20));
      check();
    }
    assertTrue(kept.size() > ROUNDS && deleted.size() > ROUNDS, kept.size() + ", " + deleted);
  }

  /** Kills when so many uploads have been accepted, and then so many milliseconds later. */
  private void runAndKill(int round, int uploads, int millis) throws Exception {
    Semaphore accepted = new Semaphore(0);
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashVictim.class.getName(),
            data.toString(),
            Integer.toString(round))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      URI write = URI.create(out.readLine());
      URI retrieval = URI.create(out.readLine());
      Client client = Client.of(write, retrieval).signUp("round-" + round);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        threads.add(new Thread(() -> uploadAndDelete(client, accepted)));
      }
      threads.forEach(Thread::start);
      assertTrue(accepted.tryAcquire(uploads, 60, TimeUnit.SECONDS));
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  /** Until the connection breaks. */
  private void uploadAndDelete(Client client, Semaphore accepted) {
    try {
      while (true) {
        int number = numbers.incrementAndGet();
        byte[] image = Pictures.png(number);
        String code = client.add("image", true, image);
        kept.put(code, image);
        accepted.release();
        if (number % 2 == 0) {
          kept.remove(code);
          assertEquals(204, client.delete("/images/" + code).statusCode());
          deleted.add(code);
        }
      }
    } catch (UncheckedIOException killed) {
      // The process has gone; what it was asked last may or may not have happened.
    }
  }

  /** Two minutes later, when jobs that the process was at are due again. */
  private void check() throws Exception {
    InstantSource later = () -> Instant.now().plus(Duration.ofMinutes(2));
    try (ImageSystem system = CrashVictim.builder(data, -1)
        .sources(later, Ticker.systemTicker(), new Random(-1))
        .start()) {
      system.makeThumbnails();
      Client client = Client.of(system);
      kept.forEach(
          (code, image) -> assertArrayEquals(image, client.get("/i/" + code).body()));
      deleted.forEach(code -> assertEquals(404, client.get("/i/" + code).statusCode()));
      Set<String> rows = rows(client);
      for (String code : rows) {
        assertEquals(200, client.get("/i/" + code).statusCode());
        assertEquals(200, client.get("/i/" + code + "/thumbnail").statusCode());
      }
      assertEquals(2 * rows.size(), system.storage().ids().size());
      long copies = 0;
      for (var node : system.storage().nodes()) {
        copies += node.usage().files();
      }
      assertEquals(4L * rows.size(), copies);
    }
  }

  private static Set<String> rows(Client client) {
    Set<String> codes = new HashSet<>();
    String below = "";
    do {
      JsonObject page = Client.json(client.get("/images" + below));
      for (JsonElement image : page.getAsJsonArray("images")) {
        codes.add(image.getAsJsonObject().get("code").getAsString());
      }
      below = "?below=" + page.get("next").getAsString();
    } while (!below.equals("?below="));
    return codes;
  }
}
