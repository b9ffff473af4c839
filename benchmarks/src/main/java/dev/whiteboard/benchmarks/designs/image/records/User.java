package dev.whiteboard.benchmarks.designs.image.records;

/** Somebody with an account. */
public record User(long id, String name) {}
