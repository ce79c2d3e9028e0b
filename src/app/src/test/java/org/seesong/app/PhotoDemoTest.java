package org.seesong.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seesong.testing.SharedData;

/** The demo with a user's photographs where a network is installed. */
class PhotoDemoTest extends ModelHomeTestCase {
  @Test
  void someOfAListAreSpreadEvenly() {
    List<Integer> hundred = IntStream.range(0, 100).boxed().toList();
    assertThat(PhotoDemo.spread(hundred, 5)).containsExactly(10, 30, 50, 70, 90);
    assertThat(PhotoDemo.spread(hundred, 1000)).isEqualTo(hundred);
    assertThat(PhotoDemo.spread(List.of(), 6)).isEmpty();
  }

  @Test
  void aNetworkWithClassNamesCallsWhatIsInThem() throws IOException {
    Path mobilenet = SharedData.require("models/mobilenet_v2_savedmodel");
    Path labels = SharedData.require("models/imagenet_labels.txt");
    Path photos = Files.createDirectories(temp.resolve("photos"));
    copySome(SharedData.require("photos/caltech101/dalmatian"), photos);
    copySome(SharedData.require("photos/caltech101/ketch"), photos);
    Outcome imported =
        run(
            "model",
            "import",
            "--saved-model",
            mobilenet.toString(),
            "--trust",
            "--name",
            "net",
            "--output",
            "embedding",
            "--scale",
            "(p-128)/128",
            "--classes-output",
            "probabilities",
            "--labels",
            labels.toString());
    assertThat(imported.code()).as(imported.log()).isZero();
    Outcome demo = run("demo", "--photos", photos.toString(), "--json");
    assertThat(demo.code()).as(demo.log()).isZero();
    assertThat(demo.log())
        .contains("the network net tells what is in your photographs: its classes give them");
    List<String> lines = demo.data().lines().toList();
    assertThat(lines).hasSize(PhotoDemo.QUERIES);
    for (String line : lines) {
      JsonNode answer = new ObjectMapper().readTree(line);
      String query = answer.get("query").asText();
      List<String> words = query.contains("dalmatian") ? List.of("dog", "狗") : List.of("boat", "船");
      assertThat(answer.get("songs").get(0).get("explanation").get("keywords"))
          .as(query)
          .anyMatch(keyword -> words.contains(keyword.asText()));
    }
  }

  @Test
  void aFolderThatIsNotThereIsRefusedBeforeTheDemoBegins() {
    Path missing = temp.resolve("missing");
    Outcome demo = run("demo", "--photos", missing.toString());
    assertThat(demo.code()).isEqualTo(Seesong.USAGE);
    assertThat(demo.log())
        .isEqualTo("seesong: --photos must be a folder of photographs; got: " + missing + "\n");
  }

  private static void copySome(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.sorted().limit(12).toList()) {
        Files.copy(file, to.resolve(from.getFileName() + "-" + file.getFileName()));
      }
    }
  }
}
