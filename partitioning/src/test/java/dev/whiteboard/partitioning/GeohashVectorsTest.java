package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.whiteboard.partitioning.Geohash.Cell;
import dev.whiteboard.partitioning.Geohash.Direction;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures from the tests of davidmoten/geo and kungfoo/geohash-java, both named GeoHashTest. */
class GeohashVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "38.89710201881826, -77.03669792041183, dqcjqcp84c6e",
    "-25.382708, -49.265506, 6gkzwgjzn820",
    "-25.382708, -49.265506, 6gkzwg",
    "20, 31, sew1c2vs2q5r",
    "-20, 31, ksqn1rje83g2",
    "-20.783236276, 31.9867127312312, ksq9zbs0b7vw",
    "39.0247389581054, -76.5110040642321, dqcw4bnrs6s7",
    "41.7, 0.08, sp2j",
    "42.6, -5.6, ezs42"
  })
  void agreesOnPlaces(double latitude, double longitude, String hash) {
    assertEquals(hash, Geohash.encode(latitude, longitude, hash.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "u1pb, SOUTH, u0zz",
    "u1pb, NORTH, u1pc",
    "u1pb, WEST, u1p8",
    "u1pb, EAST, u300",
    "dre, EAST, drs",
    "dre, SOUTH, dr7",
    "drs, SOUTH, drk",
    "r, EAST, 2",
    "2, WEST, r",
    "sp2j, WEST, ezrv",
    "ezrv, WEST, ezrt",
    "xbpbpbpbpbpb, EAST, 800000000000",
    "800000000000, WEST, xbpbpbpbpbpb"
  })
  void agreesOnNeighbours(String hash, Direction direction, String neighbour) {
    assertEquals(Optional.of(neighbour), Geohash.neighbour(hash, direction));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 45, 45",
    "2, 11.25, 5.625",
    "3, 1.40625, 1.40625",
    "4, 0.3515625, 0.17578125",
    "5, 0.0439453125, 0.0439453125",
    "6, 0.010986328125, 0.0054931640625"
  })
  void agreesOnTheSizeOfCells(int length, double width, double height) {
    Cell cell = Geohash.decode("ezs42e".substring(0, length));
    assertEquals(width, cell.east() - cell.west());
    assertEquals(height, cell.north() - cell.south());
  }
}
