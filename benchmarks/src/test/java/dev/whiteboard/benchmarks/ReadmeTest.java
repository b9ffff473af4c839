package dev.whiteboard.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.compare.Comparison;
import dev.whiteboard.benchmarks.render.Json;
import dev.whiteboard.benchmarks.report.Tables;
import dev.whiteboard.estimation.designs.Designs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the code does. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @TempDir
  Path folder;

  /** Compiles the example as a stranger would, runs it, and compares with what its comments say is printed. */
  @Test
  void example_printsWhatItsCommentsSay() throws Exception {
    String example = find("```java\n(.*?)```").group(1);
    String imports = example
        .lines()
        .filter(line -> line.startsWith("import "))
        .collect(Collectors.joining("\n"));
    String body = example
        .lines()
        .filter(line -> !line.startsWith("import "))
        .collect(Collectors.joining("\n"));
    Path source = Files.writeString(
        folder.resolve("Example.java"),
        imports + "\npublic class Example { public static void main(String[] args) {\n" + body
            + "\n}}\n");
    int exitCode = ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", folder.toString(), "-cp", classPath(), source.toString());
    assertEquals(0, exitCode);

    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object)
          new String[0]);
    } finally {
      System.setOut(console);
    }
    List<String> promised = Pattern.compile("println\\(.*// (.*)")
        .matcher(example)
        .results()
        .map(result -> result.group(1).strip())
        .toList();
    assertEquals(2, promised.size());
    assertEquals(promised, printed.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void measurements_areThoseOfTheCommittedRun() throws IOException {
    String file = find("`(benchmarks/results/[^`]+\\.json)`").group(1);
    List<Comparison.Row> rows =
        Json.readList(Files.readString(ROOT.resolve(file)), Comparison.Row[].class);
    assertTrue(
        readme().contains(Tables.comparisons(rows).toMarkdown()),
        "make the table anew: compare --show " + file);
    assertEquals(
        Comparison.all().stream().map(Comparison::name).toList(),
        rows.stream().map(Comparison.Row::name).toList());
  }

  @Test
  void board_isThatOfTheDesign() throws IOException {
    assertEquals(
        Designs.named("image-service").toMermaid(), find("```mermaid\n(.*?)```").group(1));
    for (String name : Designs.names()) {
      assertTrue(readme().contains("`" + name + "`"), name);
    }
  }

  @Test
  void links_leadToFilesThatExist() throws IOException {
    List<String> missing = Pattern.compile("]\\(([^)#:]+)\\)")
        .matcher(readme())
        .results()
        .map(result -> result.group(1))
        .filter(link -> !Files.exists(ROOT.resolve(link)))
        .toList();
    assertEquals(List.of(), missing);
  }

  @Test
  void version_isThatOfTheBuild() throws IOException {
    String version = find("<version>([^<]+)</version>").group(1);
    assertTrue(
        Files.readString(ROOT.resolve("pom.xml")).contains("<version>" + version + "</version>"));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static MatchResult find(String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(readme())
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError("the README has no " + pattern));
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}
