package dev.whiteboard.partitioning;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.Maps;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a place on Earth as a short text, so that a region is a range of keys.
 *
 * <p><b>Idea.</b> Halve the world, by longitude and by latitude in turn; each half that holds the place is one bit, five
 * bits are one character. Each further character cuts a cell into 32. All places in a cell have its text as a prefix,
 * and prefixes are ranges in the order of texts: with geohashes as keys a {@link RangePartitioner} keeps a region on
 * one node. Niemeyer, <i>geohash.org</i>, 2008; the order is that of Morton, <i>A Computer Oriented Geodetic Data
 * Base</i>, 1966.
 *
 * <p>A common prefix means near. Near does not mean a common prefix: 3 m apart, across the equator at Greenwich, are
 * {@code s00000000} and {@code 7zzzzzzzz}. What is near a place is found through {@link GeoCircle#covering}.
 *
 * <p>Only lower-case letters are accepted: {@code U4PR} and {@code u4pr} would be one cell but two keys.
 *
 * <p><b>Cost.</b> O(length); one text is allocated. No function is used whose last bit depends on the machine.
 * <b>Thread safety.</b> Stateless.
 *
 * <p><b>Instead.</b> Cells are narrow at high latitudes and vanish at the poles. If that matters, or cells must have
 * about equal areas, use S2 or H3.
 */
public final class Geohash {
  /** The most characters: a cell is 3.7 cm wide at the equator and 1.9 cm high. */
  public static final int MAX_LENGTH = 12;

  private Geohash() {}

  /** Where a neighbouring cell lies. */
  public enum Direction {
    /** Towards the North Pole. */
    NORTH(0, 1),
    /** Across the upper right corner of the map. */
    NORTH_EAST(1, 1),
    /** The way the Earth turns. */
    EAST(1, 0),
    /** Across the lower right corner of the map. */
    SOUTH_EAST(1, -1),
    /** Towards the South Pole. */
    SOUTH(0, -1),
    /** Across the lower left corner of the map. */
    SOUTH_WEST(-1, -1),
    /** Against the way the Earth turns. */
    WEST(-1, 0),
    /** Across the upper left corner of the map. */
    NORTH_WEST(-1, 1);

    private final int columns;
    private final int rows;

    Direction(int columns, int rows) {
      this.columns = columns;
      this.rows = rows;
    }
  }

  /**
   * The places that share a geohash. A cell never crosses the antimeridian.
   *
   * @param south its lower edge in degrees, in [-90, 90]
   * @param west its left edge in degrees, in [-180, 180]
   * @param north its upper edge in degrees, in ({@code south}, 90]
   * @param east its right edge in degrees, in ({@code west}, 180]
   */
  public record Cell(double south, double west, double north, double east) {
    /**
     * Creates a cell.
     *
     * @param south its lower edge in degrees, in [-90, 90]
     * @param west its left edge in degrees, in [-180, 180]
     * @param north its upper edge in degrees, in ({@code south}, 90]
     * @param east its right edge in degrees, in ({@code west}, 180]
     * @throws IllegalArgumentException if an edge is out of range or NaN
     */
    public Cell {
      checkDegrees("south", south, 90);
      checkDegrees("west", west, 180);
      checkDegrees("north", north, 90);
      checkDegrees("east", east, 180);
      checkArgument(south < north, "north must be > south %s, was %s", south, north);
      checkArgument(west < east, "east must be > west %s, was %s", west, east);
    }

    /**
     * Says whether a place lies here. The lower and the left edge belong to the cell, the upper and the right one to the
     * next, if there is one on the map: latitude 90 and longitude 180 belong to the last.
     *
     * @param latitude in degrees, in [-90, 90]
     * @param longitude in degrees, in [-180, 180]
     * @return whether the place has this cell's geohash
     * @throws IllegalArgumentException if a coordinate is out of range or NaN
     */
    public boolean contains(double latitude, double longitude) {
      checkPlace(latitude, longitude);
      return latitude >= south
          && (latitude < north || north == 90)
          && longitude >= west
          && (longitude < east || east == 180);
    }

    /**
     * Returns the latitude of the middle.
     *
     * @return degrees
     */
    public double centreLatitude() {
      return (south + north) / 2;
    }

    /**
     * Returns the longitude of the middle.
     *
     * @return degrees
     */
    public double centreLongitude() {
      return (west + east) / 2;
    }
  }

  /**
   * Finds the cell of a place. Longitude 180 is the right edge of the last cell, although -180 is the same meridian and
   * the left edge of the first.
   *
   * @param latitude in degrees, north is positive, in [-90, 90]
   * @param longitude in degrees, east is positive, in [-180, 180]
   * @param length how many characters, in [1, 12]
   * @return the geohash, in lower case
   * @throws IllegalArgumentException if an argument is out of range or NaN
   */
  public static String encode(double latitude, double longitude, int length) {
    checkPlace(latitude, longitude);
    checkArgument(
        length >= 1 && length <= MAX_LENGTH,
        "length must be in [1, %s], was %s",
        MAX_LENGTH,
        length);
    return GeoSquare.at(latitude, longitude, length).text();
  }

  /**
   * Finds the places of a geohash.
   *
   * @param hash the geohash
   * @return its cell; the edges are exact
   * @throws NullPointerException if {@code hash} is null
   * @throws IllegalArgumentException if {@code hash} has 0 or more than 12 characters, or one that is not a geohash's
   */
  public static Cell decode(String hash) {
    return GeoSquare.parse(requireNonNull(hash, "hash")).cell();
  }

  /**
   * Finds a cell that touches another. East of longitude 180 the map goes on at -180. It ends at the poles.
   *
   * @param hash the geohash
   * @param direction where the neighbour lies
   * @return the neighbour's geohash, of the same length; empty if a pole lies between
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code hash} is not a geohash
   */
  public static Optional<String> neighbour(String hash, Direction direction) {
    GeoSquare square = GeoSquare.parse(requireNonNull(hash, "hash"));
    requireNonNull(direction, "direction");
    int row = square.row() + direction.rows;
    if (row < 0 || row >= GeoSquare.rows(square.length())) {
      return Optional.empty();
    }
    return Optional.of(
        new GeoSquare(square.column() + direction.columns, row, square.length()).text());
  }

  /**
   * Finds the cells around a cell.
   *
   * @param hash the geohash
   * @return the eight neighbours, or the five that there are at a pole, in the order of {@link Direction}
   * @throws NullPointerException if {@code hash} is null
   * @throws IllegalArgumentException if {@code hash} is not a geohash
   */
  public static Map<Direction, String> neighbours(String hash) {
    requireNonNull(hash, "hash");
    Map<Direction, String> neighbours = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      neighbour(hash, direction).ifPresent(near -> neighbours.put(direction, near));
    }
    return Maps.immutableEnumMap(neighbours);
  }

  /**
   * Finds where the keys of a cell end: they are those in [{@code prefix}, {@code rangeEnd(prefix)}), in the order of
   * texts.
   *
   * @param prefix the cell's geohash
   * @return the smallest text after all that begin with {@code prefix}; not itself a geohash
   * @throws NullPointerException if {@code prefix} is null
   * @throws IllegalArgumentException if {@code prefix} is not a geohash
   */
  public static String rangeEnd(String prefix) {
    int last = GeoSquare.parse(requireNonNull(prefix, "prefix")).length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  static void checkPlace(double latitude, double longitude) {
    checkDegrees("latitude", latitude, 90);
    checkDegrees("longitude", longitude, 180);
  }

  private static void checkDegrees(String name, double degrees, int bound) {
    // NaN fails every comparison.
    checkArgument(
        degrees >= -bound && degrees <= bound,
        "%s must be in [-%s, %s], was %s",
        name,
        bound,
        bound,
        degrees);
  }
}
