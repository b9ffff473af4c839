package dev.whiteboard.estimation.designs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.estimation.Assumption;
import dev.whiteboard.estimation.ComponentLoad;
import dev.whiteboard.estimation.Design;
import dev.whiteboard.estimation.DesignNotes;
import dev.whiteboard.estimation.Flow;
import dev.whiteboard.estimation.UnknownNameException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every worked design has. */
class DesignsTest {
  static List<String> names() {
    return Designs.names();
  }

  @Test
  void names_areTwelve() {
    assertEquals(
        List.of(
            "image-service",
            "link-shortener",
            "pastebin",
            "news-feed",
            "chat",
            "video",
            "file-drive",
            "crawler",
            "typeahead",
            "ride-hailing",
            "ticketing",
            "rate-limiter"),
        Designs.names());
  }

  @Test
  void named_unknown_suggestsTheNearest() {
    UnknownNameException unknown =
        assertThrows(UnknownNameException.class, () -> Designs.named("image-servise"));
    assertEquals("image-service", unknown.nearest());
    assertTrue(unknown
        .getMessage()
        .startsWith("unknown design \"image-servise\": did you mean \"image-service\"?"));
    assertEquals(
        "name",
        assertThrows(NullPointerException.class, () -> Designs.named(null)).getMessage());
  }

  @ParameterizedTest
  @MethodSource("names")
  void design_speaksToEveryStep(String name) {
    Design design = Designs.named(name);
    DesignNotes notes = design.notes();
    assertEquals(name, design.name());
    assertFalse(notes.description().isEmpty());
    Set<String> topics =
        notes.requirements().stream().map(DesignNotes.Topic::name).collect(Collectors.toSet());
    assertTrue(
        topics.containsAll(Set.of("Creation and accounts", "Retrieval", "Analytics", "Capacity")),
        topics::toString);
    assertTrue(notes.calls().size() >= 2);
    assertTrue(notes.tables().size() >= 2);
    assertTrue(
        notes.tables().stream()
            .anyMatch(table ->
                table.columns().contains("user_id") || table.columns().contains("FK users")),
        name);
    assertTrue(notes.algorithm().size() >= 2);
    assertTrue(notes.tradeOffs().size() >= 3);
    assertTrue(notes.considerations().size() >= 5);
    assertTrue(design.loads().size() >= 5);
    assertTrue(design.routes().size() >= 2);
  }

  /** A board on which something is overloaded, idle beyond sense, or stands apart is not one to start from. */
  @ParameterizedTest
  @MethodSource("names")
  void board_holdsItsLoad(String name) {
    Design design = Designs.named(name);
    Set<String> onArrows = new HashSet<>();
    for (Flow flow : design.flows()) {
      onArrows.add(flow.from());
      onArrows.add(flow.to());
      assertTrue(flow.requests().value().value() > 0, flow.toString());
    }
    for (ComponentLoad load : design.loads()) {
      String id = load.component().id();
      assertTrue(onArrows.contains(id), id);
      assertTrue(load.pressure() <= 1, id);
      assertTrue(load.availability() > 0.9 && load.availability() <= 1, id);
      assertTrue(Double.isFinite(load.meanSeconds()), id);
    }
    assertTrue(design.bottleneck().isPresent());
  }

  /** Setting an assumption to what it is changes nothing, and every one can be set to something else. */
  @ParameterizedTest
  @MethodSource("names")
  void everyAssumption_canBeSet(String name) {
    Design design = Designs.named(name);
    for (Assumption assumption : design.plan().assumptions()) {
      Design same = design.with(assumption.name(), assumption.text());
      assertEquals(List.of(), design.compare(same).rows(), assumption.name());
    }
    for (String settable : List.of("requests-per-server", "retention", "peak-factor")) {
      String other =
          settable.equals("peak-factor") ? "9" : settable.equals("retention") ? "7 days" : "777/s";
      assertNotEquals(List.of(), design.compare(design.with(settable, other)).rows(), settable);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pages_areComplete(String name) {
    Design design = Designs.named(name);
    String page = design.toMarkdown();
    assertFalse(page.contains("NaN"), name);
    assertFalse(page.contains("Infinity"), name);
    assertFalse(page.contains("| without end"), name);
    assertTrue(design.toSvg().startsWith("<svg"), name);
    design
        .loads()
        .forEach(load ->
            assertTrue(page.contains(load.component().title()), load.component().title()));
  }
}
