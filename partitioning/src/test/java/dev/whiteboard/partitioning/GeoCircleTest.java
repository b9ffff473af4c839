package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GeoCircleTest {
  private static final double QUARTER = Math.PI / 2 * GeoCircle.EARTH_RADIUS_METRES;

  @Test
  void distanceMetres_quartersOfTheWorld_areArcs() {
    assertEquals(QUARTER, GeoCircle.distanceMetres(0, 0, 0, 90), 1e-6);
    assertEquals(QUARTER, GeoCircle.distanceMetres(0, 77, -90, -11), 1e-6);
    assertEquals(2 * QUARTER, GeoCircle.distanceMetres(0, 0, 0, 180), 1e-6);
    assertEquals(2 * QUARTER, GeoCircle.distanceMetres(90, 0, -90, 0), 1e-6);
    assertEquals(QUARTER / 90, GeoCircle.distanceMetres(0, 0, 1, 0), 1e-6);
  }

  @Test
  void distanceMetres_onePlace_isZero() {
    assertEquals(0, GeoCircle.distanceMetres(52.5, 13.4, 52.5, 13.4));
    assertEquals(0, GeoCircle.distanceMetres(52.5, 180, 52.5, -180), 1e-8);
    assertEquals(0, GeoCircle.distanceMetres(90, 0, 90, 123), 1e-8);
  }

  /** A 60th of a degree on the equator is the sphere's nautical mile. */
  @Test
  void distanceMetres_oneMinute_isANauticalMile() {
    assertEquals(1853.25, GeoCircle.distanceMetres(0, 0, 0, 1 / 60.0), 0.005);
    assertEquals(1853.25 / 2, GeoCircle.distanceMetres(60, 0, 60, 1 / 60.0), 0.005);
  }

  @Test
  void contains_theRadius_belongs() {
    GeoCircle circle = new GeoCircle(0, 179.5, GeoCircle.distanceMetres(0, 0, 0, 1));
    assertTrue(circle.contains(0, 179.5));
    assertTrue(circle.contains(0, 178.5));
    assertTrue(circle.contains(0, -179.6));
    assertFalse(circle.contains(0, -179.4));
    assertFalse(circle.contains(0.8, 178.7));
    assertTrue(new GeoCircle(10, 20, 0).contains(10, 20));
  }

  /** Nothing of the circle is under the centre's own letter but a quarter. */
  @Test
  void covering_whereFourCellsMeet_isFourCells() {
    GeoCircle circle = new GeoCircle(0, 0, 2);
    assertEquals(List.of("7zzzzzzzz", "ebpbpbpbp", "kpbpbpbpb", "s00000000"), circle.covering(4));
    assertEquals(List.of("7", "e", "k", "s"), circle.covering(1));
  }

  /**
   * A cell of 6 characters is 0.0110 degrees wide and 0.0055 high, the circle 0.0074 and 0.0045. Of the cell's 8 columns
   * of 4 it leaves out the first and the last: 0 2 8 b and p r x z.
   */
  @Test
  void covering_middleOfACell_isThatCellOrMostOfItsParts() {
    Geohash.Cell cell = Geohash.decode("u33db2");
    GeoCircle circle = new GeoCircle(cell.centreLatitude(), cell.centreLongitude(), 250);
    assertEquals(List.of("u33db2"), circle.covering(1));
    assertEquals(List.of("u33db2"), circle.covering(23));
    assertEquals(
        "1345679cdefghjkmnqstuvwy".chars().mapToObj(c -> "u33db2" + (char) c).toList(),
        circle.covering(24));
  }

  @Test
  void covering_antimeridian_isOnBothSides() {
    assertEquals(List.of("2", "8", "r", "x"), new GeoCircle(0, 180, 1000).covering(1));
    assertEquals(new GeoCircle(0, 180, 0).covering(9), new GeoCircle(0, -180, 0).covering(9));
    assertEquals(List.of("80000000000j", "xbpbpbpbpbpv"), new GeoCircle(1e-6, 180, 0).covering(4));
  }

  @Test
  void covering_pole_isAllColumns() {
    assertEquals(
        List.of("b", "c", "f", "g", "u", "v", "y", "z"), new GeoCircle(90, 0, 0).covering(1));
    assertEquals(8, new GeoCircle(-90, 0, 1).covering(31).size());
    assertEquals(32, new GeoCircle(-89.99, 0, 2000).covering(32).size());
  }

  @Test
  void covering_wholeWorld_isThirtyTwoCells() {
    assertEquals(32, new GeoCircle(12, 34, 2 * QUARTER).covering(1).size());
    assertEquals(32, new GeoCircle(12, 34, Double.MAX_VALUE).covering(32).size());
    assertEquals(1024, new GeoCircle(12, 34, Double.MAX_VALUE).covering(4096).size());
  }

  /** On the equator the circle is 44.8 degrees wide, and a cell of one character 45. */
  @Test
  void covering_columnOfTheMap_isNotLeft() {
    double radius = Math.toRadians(22.4) * GeoCircle.EARTH_RADIUS_METRES;
    assertEquals(List.of("k", "s"), new GeoCircle(0, 22.5, radius).covering(2));
  }

  @Test
  void covering_onePoint_isTheLongestHash() {
    assertEquals(
        List.of(Geohash.encode(42.605, -5.603, 12)), new GeoCircle(42.605, -5.603, 0).covering(1));
  }

  @Test
  void covering_result_isUnmodifiable() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> new GeoCircle(0, 0, 1).covering(4).clear());
  }

  @Test
  void badArgument_isRefused() {
    assertEquals("latitude must be in [-90, 90], was NaN", refused(() -> circle(Double.NaN, 0, 1)));
    assertEquals("longitude must be in [-180, 180], was 181.0", refused(() -> circle(0, 181, 1)));
    assertEquals("radiusMetres must be >= 0 and finite, was -1.0", refused(() -> circle(0, 0, -1)));
    assertEquals(
        "radiusMetres must be >= 0 and finite, was NaN", refused(() -> circle(0, 0, Double.NaN)));
    assertEquals(
        "radiusMetres must be >= 0 and finite, was Infinity",
        refused(() -> circle(0, 0, Double.POSITIVE_INFINITY)));
    assertEquals(
        "maxCells must be in [1, 4096], was 0", refused(() -> circle(0, 0, 1).covering(0)));
    assertEquals(
        "maxCells must be in [1, 4096], was 4097", refused(() -> circle(0, 0, 1).covering(4097)));
    assertEquals(
        "latitude must be in [-90, 90], was 91.0", refused(() -> circle(0, 0, 1).contains(91, 0)));
    assertEquals(
        "latitude must be in [-90, 90], was 91.0",
        refused(() -> GeoCircle.distanceMetres(91, 0, 0, 0)));
    assertEquals(
        "longitude must be in [-180, 180], was -181.0",
        refused(() -> GeoCircle.distanceMetres(0, 0, 0, -181)));
  }

  private static GeoCircle circle(double latitude, double longitude, double radiusMetres) {
    return new GeoCircle(latitude, longitude, radiusMetres);
  }

  /** The western and the eastern hemisphere are on two nodes; Greenwich asks both, Berlin one. */
  @Test
  void covering_prefixes_areRangesOfAPartitioner() {
    RangePartitioner<String, String> nodes =
        RangePartitioner.of("west", new TreeMap<>(Map.of("h", "east")));
    assertEquals(List.of("east", "west"), owners(nodes, new GeoCircle(51.48, 0, 1000)));
    assertEquals(List.of("east"), owners(nodes, new GeoCircle(52.5, 13.4, 1000)));
  }

  private static List<String> owners(RangePartitioner<String, String> nodes, GeoCircle circle) {
    return circle.covering(9).stream()
        .flatMap(prefix -> nodes.ranges(prefix, Geohash.rangeEnd(prefix)).stream())
        .map(RangePartitioner.Range::owner)
        .distinct()
        .sorted()
        .toList();
  }

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
