package dev.heddle.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/// Pieces of HTML. What is given as text is escaped.
final class Html {
  private Html() {}

  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /// Text that is broken between words only, whatever is in them.
  static String words(String text) {
    return List.of(text.split(" ", -1)).stream()
        .map(word -> "<span class=\"word\">" + text(word) + "</span>")
        .collect(Collectors.joining(" "));
  }

  static String paragraph(String text) {
    return "<p>" + text(text) + "</p>\n";
  }

  static String list(String kind, List<String> items) {
    StringBuilder html = new StringBuilder("<ul class=\"" + kind + "\">\n");
    items.forEach(item -> html.append("<li>").append(text(item)).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  /// A table whose first column names the rows.
  static String table(String caption, List<String> header, List<List<String>> rows) {
    StringBuilder html = new StringBuilder();
    html.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"");
    html.append(text(caption)).append("\"><table>\n<caption><span>").append(text(caption));
    html.append("</span></caption>\n<thead><tr>");
    header.forEach(cell -> html.append("<th scope=\"col\">").append(text(cell)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(text(row.getFirst())).append("</th>");
      row.stream().skip(1).forEach(cell -> html.append("<td>").append(text(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /// A place for the script to draw a chart in.
  static String chart(String title, String kind, int contest) {
    return """
    <figure>
    <figcaption>%s</figcaption>
    <div class="chart" data-chart="%s" data-contest="%d"><canvas role="img" aria-label="%s; the \
    table below holds its figures"></canvas></div>
    </figure>
    """
        .formatted(text(title), kind, contest, text(title));
  }
}
