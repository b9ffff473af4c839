package dev.whiteboard.estimation;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/** Text broken into lines: a title and what is written smaller beneath it. Lengths are in pixels. */
record BoardText(List<String> title, Font titleFont, List<String> lines, Font linesFont) {
  /** A size and weight of letters, and how wide a line may be before it is broken. */
  record Font(double size, boolean bold, double widest) {
    private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

    double leading() {
      return 1.3 * size;
    }

    /** The width of a line by estimate, rather too wide than too narrow: fonts differ. */
    double width(String line) {
      return size * (bold ? 1.1 : 1) * line.codePoints().mapToDouble(Font::em).sum();
    }

    private static double em(int letter) {
      if (letter
          >= 0x1100) { // from here on come the scripts, signs and pictures that fill a square
        return letter >= 0x2000 && letter < 0x2190 ? 0.6 : 1.05;
      }
      if ("mwMW@%".indexOf(letter) >= 0) {
        return 0.9;
      }
      if ("ijlftrI.,:;'|!()[]/ ".indexOf(letter) >= 0) {
        return 0.37;
      }
      return Character.isUpperCase(letter) ? 0.69 : 0.6;
    }

    /** Breaks text at spaces. A longer word stays whole. */
    List<String> wrap(String text) {
      List<String> lines = new ArrayList<>();
      String line = "";
      for (String word : WORDS.split(text)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && width(longer) > widest) {
          lines.add(line);
          longer = word;
        }
        line = longer;
      }
      if (!line.isEmpty()) {
        lines.add(line);
      }
      return lines;
    }
  }

  private static final Font BOX_TITLE = new Font(14, true, 150);
  private static final Font BOX_LINE = new Font(12, false, 170);
  private static final Font ARROW_LABEL = new Font(12, false, 120);
  private static final Font ARROW_LINE = new Font(11, false, 120);

  static BoardText of(BoardBox box) {
    return of(box.title(), BOX_TITLE, box.lines(), BOX_LINE);
  }

  static BoardText of(BoardArrow arrow) {
    return of(arrow.label(), ARROW_LABEL, arrow.lines(), ARROW_LINE);
  }

  private static BoardText of(String title, Font titleFont, List<String> lines, Font linesFont) {
    return new BoardText(
        titleFont.wrap(title),
        titleFont,
        lines.stream().flatMap(line -> linesFont.wrap(line).stream()).toList(),
        linesFont);
  }

  double width() {
    return Math.max(
        title.stream().mapToDouble(titleFont::width).max().orElse(0),
        lines.stream().mapToDouble(linesFont::width).max().orElse(0));
  }

  double titleHeight() {
    return title.size() * titleFont.leading();
  }

  double linesHeight() {
    return lines.size() * linesFont.leading();
  }
}
