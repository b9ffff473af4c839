package dev.whiteboard.partitioning;

import static dev.whiteboard.partitioning.Geohash.Direction.EAST;
import static dev.whiteboard.partitioning.Geohash.Direction.NORTH;
import static dev.whiteboard.partitioning.Geohash.Direction.NORTH_EAST;
import static dev.whiteboard.partitioning.Geohash.Direction.NORTH_WEST;
import static dev.whiteboard.partitioning.Geohash.Direction.SOUTH;
import static dev.whiteboard.partitioning.Geohash.Direction.SOUTH_EAST;
import static dev.whiteboard.partitioning.Geohash.Direction.SOUTH_WEST;
import static dev.whiteboard.partitioning.Geohash.Direction.WEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.Geohash.Cell;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GeohashTest {
  /** East, then north, east, north, east: 1 1 0 0 0 is the 24th character. */
  @Test
  void encode_oneCharacter_isFiveHalvings() {
    assertEquals("s", Geohash.encode(0, 0, 1));
    assertEquals("0", Geohash.encode(-90, -180, 1));
    assertEquals("z", Geohash.encode(89, 179, 1));
  }

  @Test
  void encode_lastEdges_belongToTheLastCell() {
    assertEquals("zzzzzzzzzzzz", Geohash.encode(90, 180, 12));
    assertEquals("bpbpbpbpbpbp", Geohash.encode(90, -180, 12));
    assertEquals("pbpbpbpbpbpb", Geohash.encode(-90, 180, 12));
  }

  /** To scale by 2^30 / 180 after adding 90 rounds to the equator. */
  @Test
  void encode_justSouthOfTheEquator_isSouth() {
    assertEquals("k", Geohash.encode(-1e-20, 0, 1));
    assertEquals("e", Geohash.encode(0, -1e-20, 1));
    assertEquals("s", Geohash.encode(-0.0, -0.0, 1));
  }

  @Test
  void encode_placesThreeMetresApart_mayShareNoCharacter() {
    assertEquals("s00000000", Geohash.encode(1e-5, 1e-5, 9));
    assertEquals("7zzzzzzzz", Geohash.encode(-1e-5, -1e-5, 9));
    assertEquals(3.145, GeoCircle.distanceMetres(1e-5, 1e-5, -1e-5, -1e-5), 0.001);
  }

  @Test
  void encode_badArgument_isRefused() {
    assertEquals(
        "latitude must be in [-90, 90], was 90.00000000000001",
        refused(() -> Geohash.encode(Math.nextUp(90.0), 0, 1)));
    assertEquals(
        "latitude must be in [-90, 90], was NaN", refused(() -> Geohash.encode(Double.NaN, 0, 1)));
    assertEquals(
        "longitude must be in [-180, 180], was -Infinity",
        refused(() -> Geohash.encode(0, Double.NEGATIVE_INFINITY, 1)));
    assertEquals(
        "longitude must be in [-180, 180], was NaN",
        refused(() -> Geohash.encode(0, Double.NaN, 1)));
    assertEquals("length must be in [1, 12], was 0", refused(() -> Geohash.encode(0, 0, 0)));
    assertEquals("length must be in [1, 12], was 13", refused(() -> Geohash.encode(0, 0, 13)));
  }

  @Test
  void decode_oneAndTwoCharacters_areTheEdges() {
    assertEquals(new Cell(0, 0, 45, 45), Geohash.decode("s"));
    assertEquals(new Cell(45, 135, 90, 180), Geohash.decode("z"));
    assertEquals(new Cell(-90, -180, -84.375, -168.75), Geohash.decode("00"));
  }

  @Test
  void decode_badText_saysWhichCharacter() {
    String rule = "hash must consist of 0-9 and b-z without i, l, o, had ";
    assertEquals(rule + "'a' at 2", refused(() -> Geohash.decode("u4a")));
    assertEquals(rule + "'U' at 0", refused(() -> Geohash.decode("U4PR")));
    assertEquals(rule + "'\u00e9' at 11", refused(() -> Geohash.decode("00000000000\u00e9")));
    assertEquals("hash must have 1 to 12 characters, had 0", refused(() -> Geohash.decode("")));
    assertEquals(
        "hash must have 1 to 12 characters, had 13",
        refused(() -> Geohash.decode("0000000000000")));
    assertEquals("hash", missing(() -> Geohash.decode(null)));
  }

  @Test
  void contains_edges_lowerAndLeftBelong() {
    Cell cell = Geohash.decode("s");
    assertTrue(cell.contains(0, 0));
    assertTrue(cell.contains(Math.nextDown(45.0), Math.nextDown(45.0)));
    assertFalse(cell.contains(45, 0));
    assertFalse(cell.contains(0, 45));
    assertFalse(cell.contains(-Double.MIN_VALUE, 0));
    assertFalse(cell.contains(0, -Double.MIN_VALUE));
    assertTrue(Geohash.decode("z").contains(90, 180));
    assertFalse(Geohash.decode("8").contains(0, 180));
  }

  @Test
  void contains_notAPlace_isRefused() {
    Cell cell = Geohash.decode("z");
    assertEquals("latitude must be in [-90, 90], was 91.0", refused(() -> cell.contains(91, 180)));
    assertEquals(
        "longitude must be in [-180, 180], was 181.0", refused(() -> cell.contains(90, 181)));
  }

  @Test
  void cell_centre_isTheMiddle() {
    Cell cell = Geohash.decode("00");
    assertEquals(-87.1875, cell.centreLatitude());
    assertEquals(-174.375, cell.centreLongitude());
  }

  @Test
  void cell_badEdge_isRefused() {
    assertEquals("south must be in [-90, 90], was -91.0", refused(() -> new Cell(-91, 0, 1, 1)));
    assertEquals(
        "west must be in [-180, 180], was NaN", refused(() -> new Cell(0, Double.NaN, 1, 1)));
    assertEquals("north must be in [-90, 90], was 91.0", refused(() -> new Cell(0, 0, 91, 1)));
    assertEquals("east must be in [-180, 180], was 181.0", refused(() -> new Cell(0, 0, 1, 181)));
    assertEquals("north must be > south 1.0, was 1.0", refused(() -> new Cell(1, 0, 1, 1)));
    assertEquals("east must be > west 2.0, was 1.0", refused(() -> new Cell(0, 2, 1, 1)));
  }

  @Test
  void neighbour_antimeridian_goesOnAtTheOtherEdge() {
    assertEquals(Optional.of("8"), Geohash.neighbour("x", EAST));
    assertEquals(Optional.of("x"), Geohash.neighbour("8", WEST));
    assertEquals(Optional.of("b"), Geohash.neighbour("x", NORTH_EAST));
  }

  @Test
  void neighbour_beyondAPole_isNone() {
    assertEquals(Optional.empty(), Geohash.neighbour("z", NORTH));
    assertEquals(Optional.empty(), Geohash.neighbour("z", NORTH_EAST));
    assertEquals(Optional.empty(), Geohash.neighbour("0", SOUTH));
    assertEquals(Optional.empty(), Geohash.neighbour("0", SOUTH_WEST));
    assertEquals(Optional.of("p"), Geohash.neighbour("0", WEST));
  }

  @Test
  void neighbour_badArgument_isRefused() {
    assertEquals("hash", missing(() -> Geohash.neighbour(null, NORTH)));
    assertEquals("direction", missing(() -> Geohash.neighbour("s", null)));
    assertEquals("hash", missing(() -> Geohash.neighbours(null)));
    assertEquals(
        "hash must consist of 0-9 and b-z without i, l, o, had 'l' at 1",
        refused(() -> Geohash.neighbours("sl")));
  }

  /** <pre>  e s t over 7 k m; north of them g u v.</pre> */
  @Test
  void neighbours_insideTheMap_areEight() {
    Map<Geohash.Direction, String> around = Geohash.neighbours("s");
    assertEquals(
        Map.of(
            NORTH,
            "u",
            NORTH_EAST,
            "v",
            EAST,
            "t",
            SOUTH_EAST,
            "m",
            SOUTH,
            "k",
            SOUTH_WEST,
            "7",
            WEST,
            "e",
            NORTH_WEST,
            "g"),
        around);
    assertEquals(List.of(Geohash.Direction.values()), List.copyOf(around.keySet()));
    assertThrows(UnsupportedOperationException.class, around::clear);
  }

  @Test
  void neighbours_atAPole_areFive() {
    assertEquals(
        Map.of(EAST, "b", SOUTH_EAST, "8", SOUTH, "x", SOUTH_WEST, "w", WEST, "y"),
        Geohash.neighbours("z"));
  }

  @Test
  void rangeEnd_follows_everyTextWithThePrefix() {
    assertEquals("u4ps", Geohash.rangeEnd("u4pr"));
    assertEquals("u4{", Geohash.rangeEnd("u4z"));
    assertEquals("u:", Geohash.rangeEnd("u9"));
    assertEquals("prefix", missing(() -> Geohash.rangeEnd(null)));
    assertEquals("hash must have 1 to 12 characters, had 0", refused(() -> Geohash.rangeEnd("")));
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  private static String missing(Executable call) {
    return assertThrows(NullPointerException.class, call).getMessage();
  }
}
