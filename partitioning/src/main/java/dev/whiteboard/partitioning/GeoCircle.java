package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All places within a distance of one place, and the geohashes to look under for them.
 *
 * <p><b>Idea.</b> The circle's bounding box, between two parallels and two meridians, is covered by cells of one length,
 * the longest for which they are few enough. Read the keys of each cell and keep what {@link #contains}. A search under
 * the centre's own geohash, or any prefix of it, misses neighbours just across an edge.
 *
 * <pre>{@code
 * for (String prefix : circle.covering(9)) {
 *   for (var range : partitioner.ranges(prefix, Geohash.rangeEnd(prefix))) {
 *     // ask range.owner() for its keys in [prefix, rangeEnd), keep those that the circle contains
 *   }
 * }
 * }</pre>
 *
 * <p>Distances are great-circle distances on a sphere, by the haversine formula (Sinnott, <i>Virtues of the
 * Haversine</i>, Sky and Telescope 68, 1984). Earth is flatter: they are up to 0.6 % off. All functions are
 * {@link StrictMath}'s, so every machine covers a circle with the same cells.
 *
 * <p><b>Cost.</b> A {@code covering} costs O(length) for each cell. Up to 9 cells have 7 times the circle's area on
 * average, up to 32 have 3.4 times, up to 100 have 2.1 times. Near a pole all columns meet, and eight cells of length 1
 * are the best there is.
 * <b>Thread safety.</b> Immutable.
 *
 * <p><b>Instead.</b> If all places fit into one process, a k-d tree or an R-tree answers with less to throw away.
 *
 * @param latitude of the centre in degrees, in [-90, 90]
 * @param longitude of the centre in degrees, in [-180, 180]
 * @param radiusMetres at least 0 and finite
 */
public record GeoCircle(double latitude, double longitude, double radiusMetres) {
  /** The mean radius of Earth, (2a + b) / 3 of WGS 84. */
  public static final double EARTH_RADIUS_METRES = 6_371_008.8;

  /** The most cells that a covering can be asked for. */
  public static final int MAX_CELLS = 4096;

  /**
   * The box is wider than the circle by 0.6 micrometres, more than rounding shifts a distance. (Within kilometres of the
   * antipode it shifts more, but a circle that large is covered by whole rows, of which the last goes to the pole.)
   */
  private static final double MARGIN_RADIANS = 1e-13;

  /**
   * Creates a circle.
   *
   * @param latitude of the centre in degrees, in [-90, 90]
   * @param longitude of the centre in degrees, in [-180, 180]
   * @param radiusMetres at least 0 and finite; 20,016 km and more is the whole world
   * @throws IllegalArgumentException if an argument is out of range or NaN
   */
  public GeoCircle {
    Geohash.checkPlace(latitude, longitude);
    checkArgument(
        radiusMetres >= 0 && radiusMetres < Double.POSITIVE_INFINITY,
        "radiusMetres must be >= 0 and finite, was %s",
        radiusMetres);
  }

  /**
   * Measures how far two places are apart, along the surface.
   *
   * @param latitude1 of one place in degrees, in [-90, 90]
   * @param longitude1 of one place in degrees, in [-180, 180]
   * @param latitude2 of the other in degrees, in [-90, 90]
   * @param longitude2 of the other in degrees, in [-180, 180]
   * @return metres, in [0, 20,015,115]
   * @throws IllegalArgumentException if an argument is out of range or NaN
   */
  public static double distanceMetres(
      double latitude1, double longitude1, double latitude2, double longitude2) {
    Geohash.checkPlace(latitude1, longitude1);
    Geohash.checkPlace(latitude2, longitude2);
    double haversine = haversine(latitude2 - latitude1)
        + cos(latitude1) * cos(latitude2) * haversine(longitude2 - longitude1);
    return 2 * EARTH_RADIUS_METRES * StrictMath.asin(Math.sqrt(Math.min(1, haversine)));
  }

  private static double haversine(double degrees) {
    double sine = StrictMath.sin(Math.toRadians(degrees) / 2);
    return sine * sine;
  }

  private static double cos(double degrees) {
    return StrictMath.cos(Math.toRadians(degrees));
  }

  /**
   * Says whether a place lies in this circle.
   *
   * @param latitude in degrees, in [-90, 90]
   * @param longitude in degrees, in [-180, 180]
   * @return whether it is at most the radius away from the centre
   * @throws IllegalArgumentException if a coordinate is out of range or NaN
   */
  public boolean contains(double latitude, double longitude) {
    return distanceMetres(this.latitude, this.longitude, latitude, longitude) <= radiusMetres;
  }

  /**
   * Lists geohashes whose cells together hold every place of this circle, and of longer hashes the prefixes to look
   * under.
   *
   * @param maxCells how many at most, in [1, 4096]; a circle that touches more cells of length 1 gets those nonetheless:
   *     4 at latitude and longitude 0, 8 at a pole, never more than 32
   * @return geohashes of one length, distinct and ascending, unmodifiable
   * @throws IllegalArgumentException if {@code maxCells} is out of range
   */
  public List<String> covering(int maxCells) {
    checkArgument(
        maxCells >= 1 && maxCells <= MAX_CELLS,
        "maxCells must be in [1, %s], was %s",
        MAX_CELLS,
        maxCells);
    int length = Geohash.MAX_LENGTH;
    Block block = box(length);
    while (block.size() > maxCells && length > 1) {
      block = box(--length);
    }
    return block.texts();
  }

  private Block box(int length) {
    double reach = Math.min(Math.PI, radiusMetres / EARTH_RADIUS_METRES) + MARGIN_RADIANS;
    double south = latitude - Math.toDegrees(reach);
    double north = latitude + Math.toDegrees(reach);
    if (south <= -90 || north >= 90) {
      int bottom = GeoSquare.at(Math.max(-90, south), -180, length).row();
      int top = GeoSquare.at(Math.min(90, north), -180, length).row();
      return new Block(0, GeoSquare.columns(length), bottom, top - bottom + 1, length);
    }
    // Where a meridian touches the circle, it makes a right angle with the radius.
    double sine = StrictMath.sin(reach) / cos(latitude);
    double across = Math.toDegrees(StrictMath.asin(Math.min(1, sine)));
    GeoSquare first = GeoSquare.at(south, wrapped(longitude - across), length);
    GeoSquare last = GeoSquare.at(north, wrapped(longitude + across), length);
    // At most half of the columns, so a remainder tells the width even across the antimeridian.
    int columns = Math.floorMod(last.column() - first.column(), GeoSquare.columns(length)) + 1;
    return new Block(first.column(), columns, first.row(), last.row() - first.row() + 1, length);
  }

  private static double wrapped(double longitude) {
    if (longitude < -180) {
      return longitude + 360;
    }
    return longitude > 180 ? longitude - 360 : longitude;
  }

  /** Adjoining squares, from the lower left one. */
  private record Block(int column, int columns, int row, int rows, int length) {
    long size() {
      return (long) columns * rows;
    }

    List<String> texts() {
      List<String> texts = new ArrayList<>();
      for (int y = row; y < row + rows; y++) {
        for (int x = column; x < column + columns; x++) {
          texts.add(new GeoSquare(x, y, length).text());
        }
      }
      Collections.sort(texts);
      return Collections.unmodifiableList(texts);
    }
  }
}
