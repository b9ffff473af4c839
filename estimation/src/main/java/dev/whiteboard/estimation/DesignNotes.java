package dev.whiteboard.estimation;

import java.util.List;

/**
 * What a {@link Design} says in words, in the order in which a system is talked through.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param description what is built, for whom
 * @param requirements what it must do: creation and accounts, retrieval, analytics, capacity
 * @param calls the API
 * @param tables the database schema
 * @param algorithm how the central part works, a paragraph or a list item each
 * @param tradeOffs what was decided, and against what
 * @param considerations other things to consider: partitioning, caching, purging, telemetry, security and so on
 */
public record DesignNotes(
    String description,
    List<Topic> requirements,
    List<Call> calls,
    List<Table> tables,
    List<String> algorithm,
    List<TradeOff> tradeOffs,
    List<Topic> considerations) {
  /**
   * Copies the lists.
   *
   * @param description what is built, for whom
   * @param requirements what it must do
   * @param calls the API
   * @param tables the database schema
   * @param algorithm how the central part works
   * @param tradeOffs what was decided, and against what
   * @param considerations other things to consider
   */
  public DesignNotes {
    requirements = List.copyOf(requirements);
    calls = List.copyOf(calls);
    tables = List.copyOf(tables);
    algorithm = List.copyOf(algorithm);
    tradeOffs = List.copyOf(tradeOffs);
    considerations = List.copyOf(considerations);
  }

  /**
   * A heading and what is said under it.
   *
   * @param name such as "Retrieval" or "Purging"
   * @param text a sentence or two
   */
  public record Topic(String name, String text) {}

  /**
   * A function of the API.
   *
   * @param function such as "create(token, image, visibility)"
   * @param returns such as "201 with id and link; 413, 415, 429"
   */
  public record Call(String function, String returns) {}

  /**
   * A table of the schema.
   *
   * @param name such as "images"
   * @param columns such as "id PK, user_id FK users, bytes, created_at"
   * @param use what is looked up or joined by
   */
  public record Table(String name, String columns, String use) {}

  /**
   * A decision.
   *
   * @param choice what was chosen
   * @param gain what it brings
   * @param price what it costs, or when the other choice is right
   */
  public record TradeOff(String choice, String gain, String price) {}
}
