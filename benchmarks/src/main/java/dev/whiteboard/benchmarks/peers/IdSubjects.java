package dev.whiteboard.benchmarks.peers;

import static dev.whiteboard.benchmarks.peers.IdLaws.SHARDS;
import static dev.whiteboard.benchmarks.peers.IdLaws.STRANGERS;
import static dev.whiteboard.benchmarks.peers.IdLaws.TURNS;
import static dev.whiteboard.benchmarks.peers.IdLaws.WIDTH;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.whiteboard.core.id.SnowflakeLayout;
import java.util.List;

/** Who issues ids: our generators and their peers. In brackets, what is set other than by default. */
final class IdSubjects {
  private static final String TSID_CREATOR = "tsid-creator 5.2.6";
  private static final String HYPERSISTENCE = "hypersistence-tsid 2.1.4";
  private static final String UUID_CREATOR = "uuid-creator 6.1.1";
  private static final String JUG = "java-uuid-generator 5.1.0";
  private static final String ULID_CREATOR = "ulid-creator 5.2.3";
  private static final String HUTOOL = "hutool 5.8.44";

  private IdSubjects() {}

  static List<Subject<IdSource.Kind>> all() {
    return List.of(
        Subject.ours("Snowflake", OurIds.snowflake(SnowflakeLayout.TWITTER)),
        Subject.ours("Snowflake (53 bits)", OurIds.snowflake(SnowflakeLayout.JAVASCRIPT_SAFE)),
        Subject.ours("Snowflake (Sonyflake's)", OurIds.snowflake(SnowflakeLayout.SONYFLAKE))
            .admitting("its layout has the node in the low bits, to tell nodes apart", SHARDS),
        Subject.ours("Snowflake (1 ms, throws)", OurIds.strict()),
        Subject.ours("Snowflake.Lease", OurIds.leases())
            .admitting("a lease is a block of ids that one thread uses up when it likes", TURNS),
        Subject.ours("RelaxedSnowflake", OurIds.relaxed())
            .admitting("it gives up the order between threads", TURNS),
        Subject.ours("UuidV7", OurIds.uuidV7()),
        tsid("tsid-creator", TSID_CREATOR, PeerIds.tsidCreator(10)),
        tsid("tsid-creator (20 node bits)", TSID_CREATOR, PeerIds.tsidCreator(20)),
        tsid("hypersistence TSID", HYPERSISTENCE, PeerIds.hypersistence(10)),
        tsid("hypersistence TSID (20 node bits)", HYPERSISTENCE, PeerIds.hypersistence(20)),
        Subject.of(
            "uuid-creator", UUID_CREATOR, PeerIds.uuidCreator(TimeOrderedEpochFactory::builder)),
        Subject.of(
            "uuid-creator (plus 1)",
            UUID_CREATOR,
            PeerIds.uuidCreator(() -> TimeOrderedEpochFactory.builder().withIncrementPlus1())),
        Subject.of(
            "uuid-creator (plus n)",
            UUID_CREATOR,
            PeerIds.uuidCreator(() -> TimeOrderedEpochFactory.builder().withIncrementPlusN())),
        Subject.of("JUG epoch", JUG, PeerIds.jug()),
        Subject.of("JUG epoch, random", JUG, PeerIds.jugRandom()),
        Subject.of("ulid-creator", ULID_CREATOR, PeerIds.ulid()),
        Subject.of("ulid-creator, monotonic", ULID_CREATOR, PeerIds.monotonicUlid()),
        Subject.of("hutool Snowflake", HUTOOL, HutoolIds.plain())
            .admitting("its randomSequenceLimit is for that", SHARDS),
        Subject.of("hutool Snowflake (random sequence)", HUTOOL, HutoolIds.randomSequence(1000)),
        Subject.of("UUID.randomUUID", "the JDK", PeerIds.randomUuid()),
        Subject.of("textbook: now == last", "like many articles", TextbookSnowflake.trusting()),
        Subject.of(
            "textbook: now < last throws", "like Twitter's first", TextbookSnowflake.refusing()),
        Subject.of("textbook: random node", "like many articles", TextbookSnowflake.drawn()));
  }

  private static Subject<IdSource.Kind> tsid(String name, String library, IdSource.Kind kind) {
    return Subject.of(name, library, kind)
        .admitting("its time has 42 bits, of which one is the sign from 2089 on", WIDTH)
        .admitting("the node is random unless it is set, and it says that it should be", STRANGERS);
  }
}
