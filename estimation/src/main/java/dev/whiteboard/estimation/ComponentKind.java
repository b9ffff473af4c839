package dev.whiteboard.estimation;

/** What a component of a design is for; it decides how the component is drawn. */
public enum ComponentKind {
  /** Where requests come from: a browser, a phone, a partner's server. Drawn as a window. */
  CLIENT,

  /** A content delivery network, which answers near the client what it has seen before. Drawn as a cloud. */
  CDN,

  /** Spreads requests over several servers. Drawn as a hexagon. */
  BALANCER,

  /** A program that answers requests or works through a queue. Drawn as a rounded box. */
  SERVICE,

  /** Keeps answers in memory, and may forget them. Drawn as a box with a bolt. */
  CACHE,

  /** Keeps messages in order until somebody takes them. Drawn as a pipe. */
  QUEUE,

  /** Keeps data for good: a database, a file or object store. Drawn as a cylinder. */
  STORE
}
