package dev.whiteboard.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be served; serving itself is tested beside the service. */
class ServeCommandTest {
  @TempDir
  Path folder;

  private static String refusal(String... arguments) {
    StringWriter err = new StringWriter();
    int exitCode =
        Whiteboard.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
    assertEquals(2, exitCode);
    return err.toString().strip();
  }

  @Test
  void serve_portOutOfRange_isRefused() {
    assertEquals(
        "whiteboard: --port must be in [0, 65535], was 70000", refusal("serve", "--port", "70000"));
  }

  @Test
  void serve_dataIsAFile_isRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(
        "whiteboard: --data " + file + " is a file: name a folder",
        refusal("serve", "--data", file.toString()));
  }

  @Test
  void serve_unknownDatabase_isRefused() {
    String refusal =
        refusal("serve", "--port", "0", "--data", folder.toString(), "--jdbc", "nonsense");
    assertTrue(refusal.startsWith("whiteboard: cannot start: "), refusal);
  }
}
