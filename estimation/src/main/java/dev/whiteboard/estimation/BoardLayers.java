package dev.whiteboard.estimation;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimaps;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deals a board's boxes out to layers, from left to right, so that few arrows run from right to left.
 *
 * <p><b>Idea.</b> A walk along the arrows, from the clients, finds those that lead back to where it came from; without
 * them there is no circle. A box stands one layer to the left of the first box that it leads to, or in the last layer; if
 * more boxes lead to it than it leads to, it moves back to the last of those, which shortens the arrows. Clients that
 * nothing leads to stand in the first layer. Sugiyama, Tagawa and Toda,
 * <i>Methods for Visual Understanding of Hierarchical System Structures</i>, 1981.
 */
final class BoardLayers {
  private final List<BoardBox> boxes;

  private final Set<String> clients = new LinkedHashSet<>();

  /** Where each box leads to. */
  private final SetMultimap<String, String> targets = LinkedHashMultimap.create();

  /** The same without the arrows that lead back. */
  private final SetMultimap<String, String> onwards = LinkedHashMultimap.create();

  private final Set<String> entered = new HashSet<>();

  /** Boxes whose walk is over: each comes after all that it leads to onwards. */
  private final List<String> done = new ArrayList<>();

  private final Map<String, Integer> layers = new HashMap<>();

  private BoardLayers(List<BoardBox> boxes, List<BoardArrow> arrows) {
    this.boxes = boxes;
    boxes.stream()
        .filter(box -> box.kind() == ComponentKind.CLIENT)
        .forEach(box -> clients.add(box.id()));
    arrows.forEach(arrow -> targets.put(arrow.from(), arrow.to()));
  }

  /** Returns each box's layer by its id: from 0, without a gap, and never one layer for both ends of an arrow. */
  static Map<String, Integer> of(List<BoardBox> boxes, List<BoardArrow> arrows) {
    BoardLayers layers = new BoardLayers(boxes, arrows);
    layers.walk();
    layers.standLate();
    layers.moveBack();
    return layers.layers;
  }

  /** Begins at the clients, then at what nothing leads to, and last within circles. */
  private void walk() {
    Set<String> led = Set.copyOf(targets.values());
    clients.forEach(this::enter);
    boxes.stream().filter(box -> !led.contains(box.id())).forEach(box -> enter(box.id()));
    boxes.forEach(box -> enter(box.id()));
  }

  private void enter(String id) {
    if (!entered.add(id)) {
      return;
    }
    for (String target : targets.get(id)) {
      enter(target);
      if (done.contains(target)) { // otherwise the walk is still on its way from there to here
        onwards.put(id, target);
      }
    }
    done.add(id);
  }

  /** A longest path ends in the last layer and has a box in each layer before. */
  private void standLate() {
    for (String id : done) {
      int next = onwards.get(id).stream().mapToInt(this::layer).min().orElse(0);
      layers.put(id, next - 1);
    }
    int first = layers.values().stream().mapToInt(layer -> layer).min().orElse(0);
    layers.replaceAll((id, layer) -> layer - first);
  }

  /** Boxes of a longest path cannot move, so no layer becomes empty. */
  private void moveBack() {
    SetMultimap<String, String> sources =
        Multimaps.invertFrom(onwards, LinkedHashMultimap.create());
    for (String id : Lists.reverse(done)) {
      int last = sources.get(id).stream().mapToInt(this::layer).max().orElse(-1);
      if (clients.contains(id)
          ? last < 0
          : sources.get(id).size() > onwards.get(id).size()) {
        layers.put(id, last + 1);
      }
    }
  }

  private int layer(String id) {
    return layers.getOrDefault(id, 0);
  }
}
