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
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

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

  @Test
  void draw_longNumbers_moveTheAxisToTheRight() throws Exception {
    assertEquals(64, axis(Axis.linear("y"), 0.025));
    assertEquals(20 + 9 * 7 + 8, axis(Axis.log("y"), 1e-10)); // 1.000e-10
  }

  @Test
  void draw_longNumbers_leaveRoomForTheAxisName() throws Exception {
    Document document = parse(chart(Axis.log("share"), 1e-10));
    NodeList texts = document.getElementsByTagName("text");
    int numbers = 0;
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      if (text.getAttribute("text-anchor").equals("end")) {
        numbers++;
        double right = Double.parseDouble(text.getAttribute("x"));
        assertTrue(right - 7 * text.getTextContent().length() >= 20, text.getTextContent());
      }
    }
    assertEquals(11, numbers); // 10^-10 to 1
  }

  /** Where the grid's lines begin if the smallest value is this. */
  private static int axis(Axis y, double smallest) throws Exception {
    Element line =
        (Element) parse(chart(y, smallest)).getElementsByTagName("line").item(0);
    return Integer.parseInt(line.getAttribute("x1"));
  }

  private static Chart chart(Axis y, double smallest) {
    double[] ys = {smallest, 0.05, 1};
    return new Chart(
        "numbers",
        Axis.linear("x"),
        y,
        List.of(Series.of("a", Mark.LINE, new double[] {1, 2, 3}, ys)));
  }

  private static Document draw(Mark mark, Axis x, double[] xs, double[] ys) throws Exception {
    return parse(new Chart("a & b", x, Axis.linear("y"), List.of(Series.of("<s>", mark, xs, ys))));
  }

  private static Document parse(Chart chart) throws Exception {
    String svg = Svg.draw(chart);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
