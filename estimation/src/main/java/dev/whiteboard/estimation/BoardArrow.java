package dev.whiteboard.estimation;

import java.util.List;

/** An arrow of a board between two boxes, given by their ids: a label above it, and lines beneath it. */
record BoardArrow(String from, String to, String label, List<String> lines) {}
