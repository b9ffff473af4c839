package dev.whiteboard.benchmarks.claims;

import static dev.whiteboard.benchmarks.claims.Trials.map;

import com.google.common.base.Strings;
import dev.whiteboard.benchmarks.claims.Claim.Check;
import dev.whiteboard.benchmarks.claims.Claim.Outcome;
import dev.whiteboard.benchmarks.render.Chart;
import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import dev.whiteboard.benchmarks.render.Numbers;
import dev.whiteboard.partitioning.GeoCircle;
import dev.whiteboard.partitioning.Geohash;
import dev.whiteboard.partitioning.Geohash.Cell;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Claims about places. */
final class GeoClaims {
  private static final double METRES_PER_DEGREE = Math.toRadians(1) * GeoCircle.EARTH_RADIUS_METRES;

  private GeoClaims() {}

  static List<Claim> all() {
    return List.of(nearPlacesNeedNotSharePrefixes());
  }

  private static Claim nearPlacesNeedNotSharePrefixes() {
    return new Claim(
        "S05",
        "partitioning",
        "Nearby points share a geohash prefix; a longer shared prefix guarantees closer points.",
        "karanpratapsingh/system-design, README.md",
        Verdict.FALSE,
        "A shared prefix of length c says: within one cell, and no more. Two places d apart in a random direction lie in one cell of "
            + "width w and height h with probability 1 - (2 d (w + h) - d^2) / (pi w h), as Buffon's needle misses the lines of "
            + "a grid (Laplace 1812).",
        "A cell's edge may run between any two places: s00000000 and 7zzzzzzzz are 3 m apart, while places that share 4 characters "
            + "are up to 44 km apart. So search the cells around too: a circle's covering misses nothing.",
        List.of(
            Parameter.real("metres", 50, 0.1, 100),
            Parameter.count("pairs", 20_000, 1000, 1_000_000)),
        settings -> {
          double metres = settings.real("metres");
          int pairs = settings.count("pairs");
          Pair atZero = new Pair(1e-5, 1e-5, -1e-5, -1e-5);
          Cell wide = Geohash.decode("s000");
          Pair corners = new Pair(wide.south(), wide.west(), wide.north(), wide.east());
          return Outcome.of(
                  new Check(
                      "characters that two places near 0, 0 share", 0, atZero.commonPrefix(), 0),
                  new Check(
                      "metres between them",
                      Math.hypot(2e-5, 2e-5) * METRES_PER_DEGREE,
                      atZero.metres(),
                      1e-6),
                  new Check(
                      "metres across a cell of 4 characters",
                      byCosines(180.0 / (1 << 10), 360.0 / (1 << 10)),
                      corners.metres(),
                      1e-3),
                  Trials.share(
                      "share of pairs " + Numbers.format(metres)
                          + " m apart in one cell of 7 characters",
                      needle(metres, 7),
                      share(metres, pairs, pair -> pair.inOneCell(7)),
                      pairs),
                  new Check(
                      "share of such pairs that a covering misses",
                      0,
                      share(metres, pairs, pair -> !pair.covered()),
                      0))
              .with(new Chart(
                  "How often two near places have the same geohash",
                  Axis.log("metres apart"),
                  Axis.linear("share of pairs in one cell"),
                  Stream.of(8, 7, 6)
                      .flatMap(length -> Stream.of(
                          curve(
                              length + " characters",
                              Mark.DOTS,
                              length,
                              d -> share(d, 5000, pair -> pair.inOneCell(length))),
                          curve("theory", Mark.LINE, length, d -> needle(d, length))))
                      .toList()));
        });
  }

  private static Series curve(
      String name, Mark mark, int length, DoubleUnaryOperator shareAtDistance) {
    double[] distances =
        map(new double[] {0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1}, part -> part * height(length));
    return Series.of(name, mark, distances, map(distances, shareAtDistance));
  }

  /** The probability that a needle, no longer than a cell is high, lies in one cell at the equator. */
  private static double needle(double metres, int length) {
    double width = width(length);
    double height = height(length);
    return 1 - metres * (2 * (width + height) - metres) / (Math.PI * width * height);
  }

  /** Of 5 bits a character the even ones halve the longitude, the first among them. */
  private static double width(int length) {
    return 360 * METRES_PER_DEGREE / (1L << ((5 * length + 1) / 2));
  }

  private static double height(int length) {
    return 180 * METRES_PER_DEGREE / (1L << (5 * length / 2));
  }

  /** How far it is from 0, 0, by the spherical law of cosines. */
  private static double byCosines(double latitude, double longitude) {
    return Math.acos(Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(longitude)))
        * GeoCircle.EARTH_RADIUS_METRES;
  }

  private static double share(double metres, int pairs, Predicate<Pair> counted) {
    RandomGenerator random = Settings.random(5);
    return Trials.mean(pairs, i -> counted.test(Pair.draw(metres, random)) ? 1 : 0);
  }

  /** Two places. */
  private record Pair(double latitude1, double longitude1, double latitude2, double longitude2) {
    /** Near the equator, where a degree of longitude is as long as one of latitude; in any direction. */
    static Pair draw(double metres, RandomGenerator random) {
      double latitude = random.nextDouble(-0.3, 0.3);
      double longitude = random.nextDouble(-179, 179);
      double direction = random.nextDouble(2 * Math.PI);
      double degrees = metres / METRES_PER_DEGREE;
      return new Pair(
          latitude,
          longitude,
          latitude + degrees * Math.sin(direction),
          longitude + degrees * Math.cos(direction));
    }

    double metres() {
      return GeoCircle.distanceMetres(latitude1, longitude1, latitude2, longitude2);
    }

    int commonPrefix() {
      return Strings.commonPrefix(
              Geohash.encode(latitude1, longitude1, Geohash.MAX_LENGTH),
              Geohash.encode(latitude2, longitude2, Geohash.MAX_LENGTH))
          .length();
    }

    boolean inOneCell(int length) {
      return Geohash.encode(latitude1, longitude1, length)
          .equals(Geohash.encode(latitude2, longitude2, length));
    }

    /** Whether a search around one place, under at most nine prefixes, finds the other. */
    boolean covered() {
      String other = Geohash.encode(latitude2, longitude2, Geohash.MAX_LENGTH);
      return new GeoCircle(latitude1, longitude1, metres())
          .covering(9).stream().anyMatch(other::startsWith);
    }
  }
}
