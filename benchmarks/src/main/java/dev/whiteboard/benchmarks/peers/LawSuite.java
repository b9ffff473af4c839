package dev.whiteboard.benchmarks.peers;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The laws of a module's blocks, and the blocks that they are tried on.
 *
 * @param module the module
 * @param laws the laws
 * @param subjects the blocks, ours first
 * @param <S> a block as the laws see it
 */
public record LawSuite<S>(String module, List<Law<S>> laws, List<Subject<S>> subjects) {
  public LawSuite {
    laws = List.copyOf(laws);
    subjects = List.copyOf(subjects);
    List<String> ids = laws.stream().map(Law::id).toList();
    for (Subject<S> subject : subjects) {
      for (String id : subject.admitted().keySet()) {
        checkArgument(
            ids.contains(id), "%s admits to break %s, which is no law", subject.name(), id);
      }
    }
  }

  /** What becomes of a law when it is tried on a block. */
  public enum Verdict {
    /** No counter-example was found. */
    KEEPS,
    /** There is a counter-example. */
    BREAKS,
    /** The block lacks the operation that the law is about. */
    NOT_APPLICABLE
  }

  /**
   * One law tried on one block.
   *
   * @param detail the counter-example, or why the law does not apply; empty if the block keeps the law
   * @param admitted what the block's documentation says of it if it breaks the law by design; otherwise empty
   */
  public record Row(
      String module,
      String subject,
      String library,
      boolean ours,
      String law,
      String sentence,
      String breach,
      Verdict verdict,
      String detail,
      String admitted) {
    /** Whether the law applies to the block, which does not admit to break it. */
    public boolean isPromised() {
      return verdict != Verdict.NOT_APPLICABLE && admitted.isEmpty();
    }

    /** Whether one of our blocks breaks a law that it promises to keep. */
    public boolean isFault() {
      return ours && isPromised() && verdict == Verdict.BREAKS;
    }
  }

  /**
   * Tries every law on every block.
   *
   * @param step is told which block is next
   * @return for each block a row per law
   */
  public List<Row> run(Consumer<String> step) {
    List<Row> rows = new ArrayList<>();
    for (Subject<S> subject : subjects) {
      step.accept("laws of " + module + ": " + subject.name());
      laws.forEach(law -> rows.add(run(law, subject)));
    }
    return rows;
  }

  /** Tries one law on one block. */
  Row run(Law<S> law, Subject<S> subject) {
    try {
      return law.check()
          .counterExample(subject.block())
          .map(found -> row(law, subject, Verdict.BREAKS, found))
          .orElseGet(() -> row(law, subject, Verdict.KEEPS, ""));
    } catch (NotApplicable e) {
      return row(law, subject, Verdict.NOT_APPLICABLE, e.why());
    } catch (RuntimeException e) {
      return row(law, subject, Verdict.BREAKS, thrown(e));
    }
  }

  /** An exception as a counter-example. */
  static String thrown(RuntimeException e) {
    return "throws " + e.getClass().getSimpleName()
        + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  private Row row(Law<S> law, Subject<S> subject, Verdict verdict, String detail) {
    return new Row(
        module,
        subject.name(),
        subject.library(),
        subject.isOurs(),
        law.id(),
        law.sentence(),
        law.breach(),
        verdict,
        detail,
        subject.admitted().getOrDefault(law.id(), ""));
  }
}
