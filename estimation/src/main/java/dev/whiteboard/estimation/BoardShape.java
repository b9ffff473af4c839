package dev.whiteboard.estimation;

/**
 * The shape of a box: the room around its text, its sides, and its outline as SVG paths. Lengths are in pixels.
 *
 * <p>The colours stand out from white and from #1b1b1b alike, 3 to 1 or better.
 */
enum BoardShape {
  WINDOW("#7f7f7f", 14, 24, 14, 11),
  CLOUD("#8f6bc4", 27, 17, 27, 17),
  HEXAGON("#8f6bc4", 27, 13, 27, 13),
  ROUNDED("#3b82c4", 16, 12, 16, 12),
  BOLT("#b87a14", 32, 12, 16, 12),
  PIPE("#b87a14", 22, 13, 56, 13),
  CYLINDER("#2f9a62", 14, 23, 14, 12);

  private static final double BAR = 15;
  private static final double BUMP = 9;
  private static final double CLOUD_SIDE = 18;
  private static final double POINT = 16;
  private static final double PIPE_END = 12;
  private static final double RIM = 7;

  final String colour;
  final double left;
  final double top;
  final double right;
  final double bottom;

  BoardShape(String colour, double left, double top, double right, double bottom) {
    this.colour = colour;
    this.left = left;
    this.top = top;
    this.right = right;
    this.bottom = bottom;
  }

  /** Where a box stands; {@code x} and {@code y} are its upper left corner. */
  record Area(double x, double y, double width, double height) {
    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }

    double middle() {
      return y + height / 2;
    }
  }

  static BoardShape of(ComponentKind kind) {
    return switch (kind) {
      case CLIENT -> WINDOW;
      case CDN -> CLOUD;
      case BALANCER -> HEXAGON;
      case SERVICE -> ROUNDED;
      case CACHE -> BOLT;
      case QUEUE -> PIPE;
      case STORE -> CYLINDER;
    };
  }

  /** How much of a side, at its upper and at its lower end, is no place for an arrow. */
  double corner() {
    return switch (this) {
      case WINDOW, CLOUD -> 18;
      case HEXAGON, ROUNDED -> 14;
      case BOLT, PIPE, CYLINDER -> 11;
    };
  }

  /** How far the outline lies within the area's left or right edge, {@code dy} above or below the middle. */
  double inset(double dy, double height) {
    return switch (this) {
      case CLOUD -> ellipse(CLOUD_SIDE, height / 2 - BUMP, dy);
      case PIPE -> ellipse(PIPE_END, height / 2, dy);
      case HEXAGON -> POINT * Math.abs(dy) / (height / 2);
      case WINDOW, ROUNDED, BOLT, CYLINDER -> 0;
    };
  }

  private static double ellipse(double rx, double ry, double dy) {
    return rx * (1 - Math.sqrt(1 - dy * dy / (ry * ry)));
  }

  /** The outline, a closed path. */
  String outline(Area at) {
    double w = at.width;
    double h = at.height;
    return switch (this) {
      case WINDOW -> rounded(at, 7);
      case ROUNDED -> rounded(at, 14);
      case BOLT -> rounded(at, 3);
      case CLOUD -> cloud(at);
      case HEXAGON ->
        BoardSvg.path(
            "M%s %sL%s %sH%sL%s %sL%s %sH%sZ",
            at.x,
            at.middle(),
            at.x + POINT,
            at.y,
            at.right() - POINT,
            at.right(),
            at.middle(),
            at.right() - POINT,
            at.bottom(),
            at.x + POINT);
      case PIPE ->
        BoardSvg.path(
            "M%s %sH%sA%s %s 0 0 1 %s %sH%sA%s %s 0 0 1 %s %sZ",
            at.x + PIPE_END,
            at.y,
            at.right() - PIPE_END,
            PIPE_END,
            h / 2,
            at.right() - PIPE_END,
            at.bottom(),
            at.x + PIPE_END,
            PIPE_END,
            h / 2,
            at.x + PIPE_END,
            at.y);
      case CYLINDER ->
        BoardSvg.path(
            "M%s %sA%s %s 0 0 1 %s %sV%sA%s %s 0 0 1 %s %sZ",
            at.x,
            at.y + RIM,
            w / 2,
            RIM,
            at.right(),
            at.y + RIM,
            at.bottom() - RIM,
            w / 2,
            RIM,
            at.x,
            at.bottom() - RIM);
    };
  }

  private static String rounded(Area at, double r) {
    return BoardSvg.path(
        "M%s %sH%sA%s %s 0 0 1 %s %sV%sA%s %s 0 0 1 %s %sH%sA%s %s 0 0 1 %s %sV%sA%s %s 0 0 1 %s %sZ",
        at.x + r,
        at.y,
        at.right() - r,
        r,
        r,
        at.right(),
        at.y + r,
        at.bottom() - r,
        r,
        r,
        at.right() - r,
        at.bottom(),
        at.x + r,
        r,
        r,
        at.x,
        at.bottom() - r,
        at.y + r,
        r,
        r,
        at.x + r,
        at.y);
  }

  /** Half an ellipse on either side, three bumps above and three below. */
  private static String cloud(Area at) {
    double first = at.x + CLOUD_SIDE;
    double last = at.right() - CLOUD_SIDE;
    double top = at.y + BUMP;
    double bottom = at.bottom() - BUMP;
    double one = first + 0.30 * (last - first);
    double two = first + 0.72 * (last - first);
    String path = BoardSvg.path("M%s %s", first, top);
    path += bump(first, one, BUMP - 3, top)
        + bump(one, two, BUMP, top)
        + bump(two, last, BUMP - 3, top);
    path += BoardSvg.path("A%s %s 0 0 1 %s %s", CLOUD_SIDE, (bottom - top) / 2, last, bottom);
    path += bump(last, two, BUMP - 4, bottom)
        + bump(two, one, BUMP - 2, bottom)
        + bump(one, first, BUMP - 4, bottom);
    return path + BoardSvg.path("A%s %s 0 0 1 %s %sZ", CLOUD_SIDE, (bottom - top) / 2, first, top);
  }

  private static String bump(double from, double to, double height, double y) {
    return BoardSvg.path("A%s %s 0 0 1 %s %s", Math.abs(to - from) / 2, height, to, y);
  }

  /** What is drawn inside the outline, in its colour: a path, empty if there is nothing. */
  String details(Area at) {
    return switch (this) {
      case WINDOW ->
        BoardSvg.path("M%s %sH%s", at.x, at.y + BAR, at.right())
            + dot(at.x + 10, at.y)
            + dot(at.x + 17, at.y)
            + dot(at.x + 24, at.y);
      case BOLT ->
        BoardSvg.path("M%s %sl-9 12h6l-3 10l10 -13h-6l4 -9z", at.x + 19, at.middle() - 11);
      case PIPE -> rib(at, 0) + rib(at, 11) + rib(at, 22);
      case CYLINDER ->
        BoardSvg.path(
            "M%s %sA%s %s 0 0 0 %s %s",
            at.x, at.y + RIM, at.width / 2, RIM, at.right(), at.y + RIM);
      case CLOUD, HEXAGON, ROUNDED -> "";
    };
  }

  /** Whether the details are filled. */
  boolean solid() {
    return this == WINDOW || this == BOLT;
  }

  private static String dot(double x, double y) {
    return BoardSvg.path("M%s %sa1.5 1.5 0 0 1 3 0a1.5 1.5 0 0 1 -3 0z", x - 1.5, y + BAR / 2);
  }

  /** The near half of a ring around the pipe. */
  private static String rib(Area at, double fromEnd) {
    double x = at.right() - PIPE_END - fromEnd;
    return BoardSvg.path(
        "M%s %sA%s %s 0 0 0 %s %s", x, at.y, PIPE_END, at.height / 2, x, at.bottom());
  }
}
