package dev.whiteboard.benchmarks.peers;

import java.util.Optional;

/**
 * What every block of a kind should do, whoever wrote it.
 *
 * @param id its name, one short word
 * @param sentence the law
 * @param breach what a counter-example looks like
 * @param check looks for one
 * @param <S> a block as the law sees it
 */
public record Law<S>(String id, String sentence, String breach, Check<S> check) {
  /** Tries a law on a block, always with the same outcome for the same block. */
  @FunctionalInterface
  public interface Check<S> {
    /**
     * Looks for a counter-example.
     *
     * @return one in words, or nothing if the block keeps the law. An exception is a counter-example, too
     * @throws NotApplicable if the block lacks the operation that the law is about
     */
    Optional<String> counterExample(S block);
  }
}
