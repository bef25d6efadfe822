package io.opsautomator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HtmlTest {
  private static final String NASTY = "<>&\"'/=`\u0000\n\u2028\u202e abc;:{}-!";

  @Test
  void aTextCannotBecomeMarkup() {
    String page = new Html().open("p").text("<script>alert(1)</script> & \"so on\"").close().done();

    assertThat(page)
        .contains("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so on&quot;</p>");
  }

  @Test
  void aValueCannotLeaveItsAttribute() {
    String page = new Html().leaf("p", "", "title", "\" onload='x' <").done();

    assertThat(page).contains("<p title=\"&quot; onload=&#39;x&#39; &lt;\"></p>");
  }

  @Test
  void whatDrivesATerminalOrTurnsTheWritingAroundBecomesBlank() {
    assertThat(Html.escaped("a\u001b[1m\u202eb\u2028c\nd"))
        .doesNotContainPattern("[\\p{Cntrl}\u202e\u2028]");
  }

  @Test
  void noTextWhateverHoldsASignOfMarkup() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      String text =
          random
              .ints(random.nextInt(20), 0, NASTY.length())
              .mapToObj(at -> "" + NASTY.charAt(at))
              .reduce("", String::concat);
      String escaped = Html.escaped(text);

      assertThat(escaped).doesNotContain("<", ">", "\"", "'", "\n");
      assertThat(escaped.replaceAll("&(amp|lt|gt|quot|#39);", "")).doesNotContain("&");
    }
  }

  @Test
  void aScriptThatWouldEndItselfIsRefused() {
    Html html = new Html();

    assertThatThrownBy(() -> html.verbatim("script", "'</SCRIPT>'"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsOpenMustBeClosed() {
    Html html = new Html().open("main").open("p").close();

    assertThatThrownBy(html::done)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("main");
  }
}
