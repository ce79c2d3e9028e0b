package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The script is tried in the shell that it is for. */
class CompletionCommandTest extends ModelHomeTestCase {
  private Path script;

  /** What bash offers for the last of some words of a command line. */
  private List<String> offers(String... words) throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.exists(Path.of("/bin/bash")), "skipped: no /bin/bash here");
    if (script == null) {
      Outcome outcome = run("completion", "bash");
      assertThat(outcome.code()).isZero();
      script = Files.writeString(temp.resolve("completion"), outcome.data());
    }
    // As bash does: the function is found by the program's name without its folder.
    String test =
        "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
            + " COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE};"
            + " function=$(complete -p \"${1##*/}\" | sed 's/.*-F \\([^ ]*\\).*/\\1/');"
            + " \"$function\" \"$1\" \"${@: -1}\" 2> /dev/null;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> call = new ArrayList<>(List.of("/bin/bash", "-c", test, "bash"));
    call.add(script.toString());
    call.addAll(List.of(words));
    Process bash = new ProcessBuilder(call).redirectErrorStream(true).start();
    String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(text).isZero();
    return text.lines().map(String::strip).toList();
  }

  @Test
  void commandsOptionsAndValuesAreOffered() throws Exception {
    assertThat(offers("./seesong", "sea")).containsExactly("search");
    assertThat(offers("/opt/seesong/bin/seesong", "model", "")).contains("list", "remove");
    assertThat(offers("seesong", "search", "--song")).contains("--song", "--songs");
    assertThat(offers("seesong", "build", "--class-keywords", "")).contains("AUTO", "OFF");
  }

  @Test
  void zshGetsTheSameAndOtherShellsAreRefused() {
    String zsh = run("completion", "zsh").data();
    assertThat(zsh).startsWith("# Completes seesong in zsh; made by: seesong completion zsh\n");
    assertThat(zsh.lines().skip(1).toList())
        .isEqualTo(run("completion", "bash").data().lines().skip(1).toList());
    Outcome fish = run("completion", "fish");
    assertThat(fish.code()).isEqualTo(Seesong.USAGE);
    assertThat(fish.log()).contains("'fish'", "BASH", "ZSH");
  }
}
