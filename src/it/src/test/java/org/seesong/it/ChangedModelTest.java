package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.ModelException;
import org.seesong.encoder.ModelHome;
import org.seesong.testing.Trials;

/** A model with one changed bit is never loaded. */
class ChangedModelTest {
  @TempDir Path folder;

  @Test
  void noEncoderOfAChangedModelIsOpened() throws Exception {
    FolderChange.importModel(folder.resolve("models"), 2);
    CommandRun.home(folder);
    ModelHome home = new ModelHome(folder.resolve("models"));
    home.open("net").close();
    for (String name : new String[] {"onnx/model.onnx", "model.json"}) {
      Path file = folder.resolve("models/net").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      int trials = Trials.number(50, 1000);
      for (int trial = 0; trial < trials; trial++) {
        SplittableRandom random = Trials.random(getClass(), trial);
        byte[] changed = whole.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);
        assertThatThrownBy(() -> home.open("net").close())
            .as("%s of %s", name, Trials.name(trial))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("model 'net'")
            .hasMessageContaining("import");
      }
      Path picture = SmallCatalogue.writePicture(folder.resolve("q.png"), 1, 7);
      assertThat(CommandRun.of("encode", "--encoder", "net", picture).ends(1).data()).isEmpty();
      Files.write(file, whole);
    }
    home.open("net").close();
  }
}
