package dev.whiteboard.benchmarks.designs.image;

import com.google.common.base.Ticker;
import dev.whiteboard.ratelimit.Limit;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/** The process that {@link CrashTest} kills: prints where it listens, and then only serves. */
final class CrashVictim {
  private CrashVictim() {}

  public static void main(String[] arguments) throws Exception {
    ImageSystem system =
        builder(Path.of(arguments[0]), Long.parseLong(arguments[1])).start();
    System.out.println(system.writeUri());
    System.out.println(system.retrievalUri());
    Thread.currentThread().join();
  }

  static ImageSystemBuilder builder(Path data, long seed) {
    Limit none = Limit.perSecond(1_000_000);
    return ImageSystem.builder(data)
        .passwordIterations(10)
        .forced(false) // what the system has written outlives the process
        .limits(none, none, none)
        .sources(InstantSource.system(), Ticker.systemTicker(), new Random(seed));
  }
}
