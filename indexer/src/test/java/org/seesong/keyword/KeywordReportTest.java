package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seesong.text.CleaningCounts;

class KeywordReportTest {
  private static String csv(String keyword, String sample) throws IOException {
    KeywordReport.Line line = new KeywordReport.Line(keyword, 1, 0.5, 0, List.of(sample, "b"));
    StringWriter csv = new StringWriter();
    new KeywordReport(List.of(line), CleaningCounts.NONE).writeCsv(csv);
    return csv.toString().split("\r\n|\n", 2)[1];
  }

  @Test
  void titlesThatASpreadsheetWouldTakeForFormulasAreText() throws IOException {
    assertThat(csv("snow", "=HYPERLINK(\"http://evil.example\") - a"))
        .startsWith("snow,1,0.500,0,\"'=HYPERLINK(\"\"http://evil.example\"\") - a | b\"");
    for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) {
      assertThat(csv("snow", start + "1")).as(start).contains("'" + start + "1 | b");
    }
    assertThat(csv("@SUM(1)", "a")).startsWith("'@SUM(1),");
    assertThat(csv("snow", "a - b = c")).startsWith("snow,1,0.500,0,a - b = c | b");
  }
}
