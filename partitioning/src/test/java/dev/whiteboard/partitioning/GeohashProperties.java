package dev.whiteboard.partitioning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.partitioning.Geohash.Cell;
import dev.whiteboard.partitioning.Geohash.Direction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class GeohashProperties {
  private static final String ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz";

  record Place(double latitude, double longitude) {}

  /** Anywhere, on edges of cells, one step beside them, and where the map ends. */
  @Provide
  Arbitrary<Place> places() {
    return Combinators.combine(degrees(90), degrees(180)).as(Place::new);
  }

  private static Arbitrary<Double> degrees(int bound) {
    Arbitrary<Double> edge =
        Arbitraries.integers().between(-16, 16).map(sixteenth -> sixteenth * bound / 16.0);
    return Arbitraries.oneOf(
            Arbitraries.doubles().between(-bound, bound).ofScale(9),
            edge,
            edge.map(Math::nextUp),
            edge.map(Math::nextDown),
            Arbitraries.of(Double.MIN_VALUE, -Double.MIN_VALUE, -0.0))
        .map(value -> Math.max(-bound, Math.min(bound, value)));
  }

  @Provide
  Arbitrary<String> hashes() {
    return Arbitraries.strings().withChars(ALPHABET).ofMinLength(1).ofMaxLength(12);
  }

  /** The slow obvious geohash: both cell numbers as exact fractions, then one bit at a time into a text of bits. */
  private static String model(Place place, int length) {
    String column = bits(place.longitude(), 180, (5 * length + 1) / 2);
    String row = bits(place.latitude(), 90, 5 * length / 2);
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < 5 * length; i++) {
      bits.append((i % 2 == 0 ? column : row).charAt(i / 2));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(Integer.parseInt(bits.substring(5 * i, 5 * i + 5), 2)));
    }
    return text.toString();
  }

  private static String bits(double degrees, int bound, int count) {
    long parts = 1L << count;
    long part = new BigDecimal(degrees)
        .add(BigDecimal.valueOf(bound))
        .multiply(BigDecimal.valueOf(parts))
        .divide(BigDecimal.valueOf(2L * bound), 0, RoundingMode.FLOOR)
        .longValueExact();
    return Long.toBinaryString(parts | Math.min(part, parts - 1)).substring(1);
  }

  @Property
  void hashIsTheInterleavedBitsOfTwoFractions(
      @ForAll("places") Place place, @ForAll @IntRange(min = 1, max = 12) int length) {
    assertEquals(model(place, length), Geohash.encode(place.latitude(), place.longitude(), length));
  }

  @Property
  void cellHoldsAPlaceIfAndOnlyIfItIsThePlacesHash(
      @ForAll("places") Place place, @ForAll("hashes") String hash) {
    String own = Geohash.encode(place.latitude(), place.longitude(), hash.length());
    assertTrue(Geohash.decode(own).contains(place.latitude(), place.longitude()), "own cell");
    assertEquals(
        own.equals(hash), Geohash.decode(hash).contains(place.latitude(), place.longitude()));
    String first = hash.substring(0, 1);
    assertEquals(
        own.startsWith(first), Geohash.decode(first).contains(place.latitude(), place.longitude()));
  }

  @Property
  void longerHashBeginsWithTheShorter(
      @ForAll("places") Place place, @ForAll @IntRange(min = 1, max = 11) int length) {
    String longer = Geohash.encode(place.latitude(), place.longitude(), length + 1);
    assertEquals(
        longer.substring(0, length), Geohash.encode(place.latitude(), place.longitude(), length));
  }

  @Property
  void middleAndLowerLeftCornerOfACellHaveItsHash(@ForAll("hashes") String hash) {
    Cell cell = Geohash.decode(hash);
    assertEquals(
        hash, Geohash.encode(cell.centreLatitude(), cell.centreLongitude(), hash.length()));
    assertEquals(hash, Geohash.encode(cell.south(), cell.west(), hash.length()));
    assertTrue(
        !Geohash.encode(cell.north(), cell.east(), hash.length()).equals(hash)
            || (cell.north() == 90 && cell.east() == 180),
        "the upper right corner is elsewhere");
  }

  @Property
  void neighbourIsTheCellOneStepFromTheMiddle(
      @ForAll("hashes") String hash, @ForAll Direction direction) {
    Cell cell = Geohash.decode(hash);
    String name = direction.name();
    double height = cell.north() - cell.south();
    double width = cell.east() - cell.west();
    double latitude = cell.centreLatitude()
        + (name.startsWith("NORTH") ? height : name.startsWith("SOUTH") ? -height : 0);
    double longitude = cell.centreLongitude()
        + (name.endsWith("EAST") ? width : name.endsWith("WEST") ? -width : 0);
    double wrapped =
        longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
    assertEquals(
        Math.abs(latitude) > 90 ? "" : Geohash.encode(latitude, wrapped, hash.length()),
        Geohash.neighbour(hash, direction).orElse(""));
  }

  @Property
  void stepsOfOppositeDirectionsCancel(
      @ForAll("hashes") String hash, @ForAll @IntRange(max = 7) int turn) {
    List<Direction> clockwise = List.of(Direction.values());
    Direction there = clockwise.get(turn);
    Direction back = clockwise.get((turn + 4) % 8);
    Geohash.neighbour(hash, there)
        .ifPresent(near -> assertEquals(hash, Geohash.neighbour(near, back).orElseThrow()));
  }

  @Property
  void neighboursAreDistinctAndEachIsThatOfItsDirection(@ForAll("hashes") String hash) {
    Map<Direction, String> around = Geohash.neighbours(hash);
    assertEquals(around.size(), around.values().stream().distinct().count());
    for (Direction direction : Direction.values()) {
      assertEquals(
          Geohash.neighbour(hash, direction).orElse("none"),
          around.getOrDefault(direction, "none"));
    }
  }

  @Property
  void keysOfACellAreARangeOfTexts(
      @ForAll("hashes") String prefix, @ForAll("hashes") String other, @ForAll String rest) {
    assertInRange(true, prefix, prefix + rest);
    assertInRange(other.startsWith(prefix), prefix, other);
    assertInRange(rest.startsWith(prefix), prefix, rest);
    assertInRange(false, prefix, Geohash.rangeEnd(prefix));
  }

  private static void assertInRange(boolean expected, String prefix, String key) {
    assertEquals(
        expected, prefix.compareTo(key) <= 0 && key.compareTo(Geohash.rangeEnd(prefix)) < 0, key);
  }

  @Property
  void placeFurtherNorthAndEastDoesNotComeEarlier(
      @ForAll("places") Place a, @ForAll("places") Place b) {
    String hash = Geohash.encode(a.latitude(), a.longitude(), 12);
    String further = Geohash.encode(
        Math.max(a.latitude(), b.latitude()), Math.max(a.longitude(), b.longitude()), 12);
    assertTrue(hash.compareTo(further) <= 0, hash + " came after " + further);
  }
}
