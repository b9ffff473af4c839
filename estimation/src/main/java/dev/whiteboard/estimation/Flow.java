package dev.whiteboard.estimation;

/**
 * An arrow of a {@link Design} with its traffic in the busiest second.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param from the id of the component that asks
 * @param to the id of the component that is asked
 * @param label what it asks
 * @param requests how often, a second
 * @param traffic bytes a second, whichever way they go
 */
public record Flow(String from, String to, String label, Step requests, Step traffic) {}
