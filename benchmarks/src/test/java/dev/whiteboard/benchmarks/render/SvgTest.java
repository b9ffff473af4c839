package dev.whiteboard.benchmarks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.whiteboard.benchmarks.render.Chart.Axis;
import dev.whiteboard.benchmarks.render.Chart.Mark;
import dev.whiteboard.benchmarks.render.Chart.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SvgTest {
  @Test
  void draw_anyMark_isWellFormed() throws Exception {
    for (Mark mark : Mark.values()) {
      Document document =
          draw(mark, Axis.linear("x < y & \"z\""), new double[] {1, 2, 3}, new double[] {0, 5, 2});
      assertEquals("svg", document.getDocumentElement().getTagName());
    }
  }

  @Test
  void draw_values_haveAMarkEach() throws Exception {
    Document document =
        draw(Mark.DOTS, Axis.linear("x"), new double[] {1, 2, 3}, new double[] {0, 5, 2});
    assertEquals(3, document.getElementsByTagName("circle").getLength());
  }

  @Test
  void draw_largerValues_standHigher() throws Exception {
    Document document =
        draw(Mark.DOTS, Axis.log("x"), new double[] {1, 10, 100}, new double[] {1, 2, 3});
    double[] heights = new double[3];
    for (int i = 0; i < 3; i++) {
      heights[i] = Double.parseDouble(document
          .getElementsByTagName("circle")
          .item(i)
          .getAttributes()
          .getNamedItem("cy")
          .getNodeValue());
    }
    assertTrue(heights[0] > heights[1] && heights[1] > heights[2]);
  }

  @Test
  void draw_oneValueOrAllAlike_hasNoNaN() {
    Chart chart = new Chart(
        "one",
        Axis.log("x"),
        Axis.linear("y"),
        List.of(Series.of("a", Mark.LINE_AND_DOTS, new double[] {7}, new double[] {3})));
    assertFalse(Svg.draw(chart).contains("NaN"));
  }

  private static Document draw(Mark mark, Axis x, double[] xs, double[] ys) throws Exception {
    String svg =
        Svg.draw(new Chart("a & b", x, Axis.linear("y"), List.of(Series.of("<s>", mark, xs, ys))));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
