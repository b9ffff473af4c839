package dev.whiteboard.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.whiteboard.estimation.designs.Designs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteboardTest {
  @TempDir
  Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Whiteboard.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  private void assertRefused(String message, String... arguments) {
    assertEquals(2, run(arguments));
    assertEquals("whiteboard: " + message, err.toString().strip());
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "claims", "laws", "estimate", "hit-ratio", "compare", "stress"})
  void help_everyCommand_describesItself(String command) {
    assertEquals(0, run(command, "--help"));
    assertTrue(out.toString().startsWith("Usage: whiteboard " + command), out.toString());
    assertTrue(out.toString().contains("--json"), out.toString());
  }

  @Test
  void noCommand_saysWhichThereAre() {
    assertRefused(
        "a command is missing: report, claims, laws, estimate, hit-ratio, compare, serve, stress or jmh (see whiteboard --help)");
  }

  @Test
  void unknownCommand_suggestsTheNearest() {
    assertRefused(
        "Unmatched argument at index 0: 'claim'; did you mean claims? (see whiteboard --help)",
        "claim");
  }

  @Test
  void claims_json_hasTheFieldsOfARow() {
    assertEquals(0, run("claims", "I01", "r04", "--json"));
    JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertEquals(2, rows.size());
    JsonObject row = rows.get(1).getAsJsonObject();
    assertTrue(row.keySet()
        .containsAll(List.of(
            "id",
            "module",
            "statement",
            "source",
            "verdict",
            "expected",
            "measured",
            "tolerance",
            "holds")));
    assertEquals("I01", row.get("id").getAsString());
    assertEquals(4096, row.get("measured").getAsDouble());
    assertTrue(row.get("holds").getAsBoolean());
  }

  @Test
  void claims_ownNumber_isUsed() {
    assertEquals(0, run("claims", "R04", "--set", "limit=7", "--json"));
    assertEquals(
        14,
        JsonParser.parseString(out.toString())
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .get("measured")
            .getAsInt());
  }

  @Test
  void claims_list_runsNothing() {
    assertEquals(0, run("claims", "--list"));
    assertTrue(out.toString().contains("--set virtualNodes=200   from 1 to 2000"), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void claims_unknownClaimOrSetting_isNamed() {
    assertEquals(2, run("claims", "P99"));
    assertTrue(err.toString().startsWith("whiteboard: unknown claim P99"), err.toString());
    assertExplained(
        "whiteboard: unknown setting limits: did you mean limit? (known: limit)",
        "claims",
        "R04",
        "--set",
        "limits=7");
    assertExplained(
        "whiteboard: R04: limit must be a whole number in [1, 400], was 0",
        "claims",
        "R04",
        "--set",
        "limit=0");
  }

  private void assertExplained(String message, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(2, run(arguments));
    assertEquals(
        message,
        err.toString().lines().filter(line -> !line.startsWith("[")).toList().get(0));
  }

  @Test
  void estimate_json_hasTheWorking() {
    assertEquals(0, run("estimate", "pastebin", "--json"));
    JsonObject sheet = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertEquals("pastebin", sheet.get("name").getAsString());
    JsonObject record = sheet.get("steps").getAsJsonArray().get(0).getAsJsonObject();
    assertEquals("record", record.get("name").getAsString());
    // The System Design Primer's Pastebin: 1,000 B of paste, and 271 B beside it.
    assertEquals(1271, record.get("value").getAsDouble());
    assertEquals("B", record.get("unit").getAsString());
    assertTrue(record.keySet().containsAll(List.of("formula", "low", "high")));
    assertTrue(sheet.has("warnings"));
  }

  @Test
  void estimate_ownAssumption_isUsed() {
    assertEquals(0, run("estimate", "pastebin", "--set", "object=2 KB", "--json"));
    assertTrue(out.toString().contains("2271"), out.toString());
  }

  @Test
  void estimate_everyDesign_isPrintedWithItsBoard() throws IOException {
    for (String name : Designs.names()) {
      out.getBuffer().setLength(0);
      Path picture = folder.resolve(name + ".svg");
      assertEquals(0, run("estimate", name, "--out", picture.toString()), name);
      assertTrue(out.toString().startsWith("# " + name + "\n"), name);
      assertTrue(Files.readString(picture).startsWith("<svg "), name);
      assertEquals(0, run("estimate", name, "--json"), name);
    }
  }

  @Test
  void estimate_check_findsTheSlip() {
    assertEquals(
        0,
        run("estimate", "pastebin", "--check", "raw-storage=4.58 TB", "--check", "write-rate=4/s"));
    assertEquals("""
        raw-storage: 4.58 TB is 10 times the plan's 458 GB; off by a power of ten
        write-rate: 4/s agrees with 4/s
        """, out.toString());
  }

  @Test
  void estimate_against_printsWhatChanges() {
    assertEquals(0, run("estimate", "pastebin", "--against", "retention=6 years"));
    assertTrue(out.toString().contains("| raw-storage | 458 GB | 915 GB | 2 |\n"), out.toString());
    assertFalse(out.toString().contains("write-rate"), out.toString());
  }

  @Test
  void estimate_anotherCurrencyForOnePrice_isOneLine() {
    assertEquals(2, run("estimate", "pastebin", "--set", "server-price=€60/month"));
    assertTrue(err.toString().contains("cannot add server-cost in EUR/month"), err.toString());
  }

  @Test
  void estimate_badInput_isOneLine() {
    assertEquals(2, run("estimate", "pastbin"));
    assertTrue(err.toString().contains("pastebin"), err.toString());
    assertEquals(1, err.toString().lines().count());
    err.getBuffer().setLength(0);
    assertEquals(2, run("estimate", "pastebin", "--set", "write=5/s"));
    assertTrue(err.toString().contains("writes"), err.toString());
    assertEquals(1, err.toString().lines().count());
    err.getBuffer().setLength(0);
    assertEquals(2, run("estimate", "pastebin", "--set", "writes=5 KB"));
    assertEquals(1, err.toString().lines().count());
  }

  @Test
  void hitRatio_json_andPicture() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.txt"), "a\nb\na\nc\na\nb\n");
    Path picture = folder.resolve("curve.svg");
    assertEquals(
        0,
        run(
            "hit-ratio",
            trace.toString(),
            "--capacity",
            "1,2",
            "--policy",
            "lru",
            "--out",
            picture.toString(),
            "--json"));
    JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertEquals(
        "{\"policy\":\"lru\",\"capacity\":2,\"requests\":6,\"hits\":2,\"hitRatio\":0.3333333333333333,\"byteHitRatio\":0.3333333333333333}",
        rows.get(1).toString());
    assertTrue(Files.readString(picture).startsWith("<svg"));
  }

  @Test
  void hitRatio_weighedAndTimed_countsSizesAndTimes() throws IOException {
    Path trace = Files.writeString(
        folder.resolve("trace.csv"), "time,key,size\n0,a,3\n1,a,3\n2,b,8\n3,a,3\n9,a,3\n");
    assertEquals(
        0,
        run(
            "hit-ratio",
            trace.toString(),
            "--capacity=10",
            "--policy=lru,caffeine",
            "--weighed",
            "--ttl=5s",
            "--time-unit=SECONDS",
            "--json"));
    JsonArray rows = JsonParser.parseString(out.toString()).getAsJsonArray();
    assertEquals(
        "{\"policy\":\"lru\",\"capacity\":10,\"requests\":5,\"hits\":1,\"hitRatio\":0.2,\"byteHitRatio\":0.15}",
        rows.get(0).toString());
    assertEquals(2, rows.size());
  }

  @Test
  void hitRatio_badInput_namesItAndWritesNothing() throws IOException {
    Path trace = Files.writeString(folder.resolve("trace.txt"), "a\nb\n");
    Path odd = Files.write(folder.resolve("odd.i64"), new byte[9]);
    Path picture = folder.resolve("curve.svg");
    String file = trace.toString();
    assertTraceRefused("no such file: missing.txt", "missing.txt");
    assertTraceRefused(folder + " is a folder: name a trace file", folder.toString());
    assertTraceRefused("--capacity must be >= 1, was -5", file, "--capacity", "-5");
    assertTraceRefused(
        "unknown policy lur: did you mean lru? (known: fifo, lru, lfu, lfu-ageing, clock, sieve, s3-fifo, 2q, arc, clock-pro, tiny-lfu, adaptive, caffeine, belady)",
        file,
        "--policy",
        "lur");
    assertTraceRefused(
        odd + " has 9 bytes, which is no multiple of 8: 64-bit keys take 8 each",
        odd.toString(),
        "--out",
        picture.toString());
    assertTraceRefused(
        "--ttl: cannot read \"5 parsecs\" as a time span: expected us, ms, s, min, h, day, week, month or year at index 2",
        file,
        "--ttl",
        "5 parsecs");
    assertTraceRefused("--ttl must be > 0 and <= a century, was 0s", file, "--ttl", "0s");
    assertTraceRefused(
        "belady is known only for entries of one size that stay: leave out --weighed and --ttl",
        file,
        "--weighed",
        "--policy",
        "belady");
    assertEquals(2, run("hit-ratio", file, "--format", "xml"));
    assertEquals(2, run("hit-ratio", file, "--capacity", "many"));
    assertFalse(Files.exists(picture));
    assertEquals("", out.toString());
  }

  private void assertTraceRefused(String message, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(
        2, run(Stream.concat(Stream.of("hit-ratio"), Stream.of(arguments)).toArray(String[]::new)));
    assertEquals("whiteboard: " + message, err.toString().strip());
  }

  @Test
  void laws_unknownModule_isNamed() {
    assertRefused(
        "unknown module partitionning: did you mean partitioning? (known: partitioning, caching, ratelimit, backoff, ids, encoders)",
        "laws",
        "partitionning");
  }

  @Test
  void compare_unknownModule_isNamed() {
    assertRefused(
        "unknown module cachin: did you mean caching? (known: core, partitioning, caching, ratelimit, estimation)",
        "compare",
        "cachin");
  }

  @Test
  void report_outIsAFile_isRefusedBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertRefused(
        "--out " + file + " is a file: name a folder", "report", "--out", file.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--images, 0, 'images must be in [1, 10000000], was 0'",
    "--rate, -1, 'rate must be in [1, 1000000], was -1.0'",
    "--rate, NaN, 'rate must be in [1, 1000000], was NaN'"
  })
  void stress_numberOutOfRange_isNamed(String option, String value, String complaint) {
    assertRefused("--" + complaint, "stress", option, value);
  }

  @Test
  void report_writesAllThreeForms() throws IOException {
    Path target = folder.resolve("report");
    int status = run("report", "--out", target.toString());
    assertPredictionsCameTrue(target.resolve("report.json"));
    assertEquals(0, status);
    String page = Files.readString(target.resolve("index.html"));
    assertTrue(page.contains("<svg") && page.contains("Image write service"));
    assertFalse(page.contains("{{"));
    assertFalse(
        page.matches("(?s).*(src|href)=\"https?:.*"), "the page must need nothing but itself");
    assertTrue(Files.readString(target.resolve("report.md")).contains("| cache hit ratio |"));
    JsonObject json =
        JsonParser.parseString(Files.readString(target.resolve("report.json"))).getAsJsonObject();
    assertTrue(json.get("holds").getAsBoolean());
    JsonObject law = json.get("laws").getAsJsonArray().get(0).getAsJsonObject();
    assertEquals("HashRing", law.get("subject").getAsString());
    assertEquals("keeps", law.get("verdict").getAsString());
    assertTrue(page.contains("Who keeps which law"));
    assertTrue(err.toString().contains("[done]"));
  }

  /** The load is seeded: all but the lines that depend on the machine's speed can be asserted. */
  private static void assertPredictionsCameTrue(Path report) throws IOException {
    JsonObject json = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
    for (JsonElement design : json.get("designs").getAsJsonArray()) {
      JsonArray predictions = design.getAsJsonObject().get("predictions").getAsJsonArray();
      assertTrue(predictions.size() > 8, predictions.toString());
      for (JsonElement prediction : predictions) {
        JsonObject row = prediction.getAsJsonObject();
        assertTrue(
            row.get("timed").getAsBoolean() || row.get("holds").getAsBoolean(), row.toString());
      }
    }
  }
}
