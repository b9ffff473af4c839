package dev.whiteboard.estimation;

import java.util.List;

/** What a board shows for a component: a title in bold type, and lines beneath it. */
record BoardBox(
    String id, ComponentKind kind, String title, List<String> lines, boolean bottleneck) {}
