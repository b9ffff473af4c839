package dev.whiteboard.caching;

/** Why an entry left a {@link Cache}. */
public enum RemovalCause {
  /** It was removed by name. */
  EXPLICIT,

  /** Another value took its place. */
  REPLACED,

  /** It had to make room, or was heavier than the whole cache. */
  SIZE,

  /** Its time to live had passed. */
  EXPIRED
}
