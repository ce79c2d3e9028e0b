package org.seesong.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.WeightedKeyword;

final class PictureFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Catalogue read(Path... sources) throws CatalogueException {
    return CatalogueReader.read(CatalogueOptions.of(List.of(), List.of(sources)));
  }

  private List<String> messages(Catalogue catalogue) {
    return catalogue.problems().first().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private static WeightedKeyword keyword(String keyword, double weight) {
    return new WeightedKeyword(keyword, weight);
  }

  @Test
  void csvLabelsMayBeSeveralWithWeights() throws IOException {
    write("photos/a b.jpg", "");
    write("photos/c.jpg", "");
    write("photos/d.jpg", "");
    Path file =
        write(
            "pictures.csv",
            """
            path,class,keyword,ID
            ./photos/a b.jpg,x,雪:0.8| 山 |Re:Zero||a:b:2,
            photos\\c.jpg,y,,picture-c
            photos/d.jpg,y,雪:0|山:NaN|海:-1|雨:1x|云,
            """);
    Catalogue catalogue = read(file);
    assertThat(catalogue.pictures())
        .extracting(Picture::id)
        .containsExactly("photos/a b.jpg", "picture-c", "photos/d.jpg");
    assertThat(catalogue.pictures())
        .extracting(Picture::path)
        .containsExactly("./photos/a b.jpg", "photos\\c.jpg", "photos/d.jpg");
    assertThat(catalogue.pictures().get(0).keywords())
        .containsExactly(
            keyword("雪", 0.8), keyword("山", 1), keyword("Re:Zero", 1), keyword("a:b", 2));
    assertThat(catalogue.pictures().get(1).keywords()).isEmpty();
    assertThat(catalogue.pictures().get(2).keywords()).containsExactly(keyword("云", 1));
    assertThat(messages(catalogue))
        .containsExactly(
            "pictures.csv:4:3: 'keyword' must give each keyword a finite weight above 0; got:"
                + " '雪:0'; value ignored",
            "pictures.csv:4:3: 'keyword' must give each keyword a finite weight above 0; got:"
                + " '山:NaN'; value ignored",
            "pictures.csv:4:3: 'keyword' must give each keyword a finite weight above 0; got:"
                + " '海:-1'; value ignored",
            "pictures.csv:4:3: 'keyword' must give each keyword a finite weight above 0; got:"
                + " '雨:1x'; value ignored");
  }

  @Test
  void jsonLabelsMayBeTextsOrObjects() throws IOException {
    write("a.jpg", "");
    Path file =
        write(
            "pictures.jsonl",
            "{\"path\":\"a.jpg\",\"keywords\":[\"雪\",{\"keyword\":\"山\",\"weight\":0.5},{\"keyword\":\"海\"},3,{\"keyword\":\"雨\",\"weight\":\"x\"}],\"keyword\":\"云\"}\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.pictures().get(0).keywords())
        .containsExactly(keyword("云", 1), keyword("雪", 1), keyword("山", 0.5), keyword("海", 1));
    assertThat(messages(catalogue))
        .containsExactly(
            "pictures.jsonl:1:28: 'keywords' must hold text or objects such as {\"keyword\": \"雪\","
                + " \"weight\": 0.8}; got: '3'; value ignored",
            "pictures.jsonl:1:28: 'keywords' must give each keyword a finite weight above 0; got:"
                + " '雨:x'; value ignored");
  }

  @Test
  void picturesThatAreAbsentTwiceOrOutsideAreReported() throws IOException {
    write("outside.jpg", "");
    write("in/a.jpg", "");
    Path file =
        write(
            "in/pictures.csv",
            "path\na.jpg\n./a.jpg\nabsent.jpg\n../outside.jpg\n"
                + folder.resolve("outside.jpg")
                + "\n");
    Catalogue catalogue = read(file);
    assertThat(catalogue.pictures()).extracting(Picture::id).containsExactly("a.jpg");
    String root = folder.resolve("in").toString();
    String advice =
        " leads outside the picture root "
            + root.replace(folder + "/", "")
            + "; set --picture-root to a folder that holds all pictures; picture skipped";
    assertThat(messages(catalogue))
        .hasSize(4)
        .startsWith(
            "in/pictures.csv:3:1: picture id 'a.jpg' is already taken at in/pictures.csv:2;"
                + " picture skipped",
            "in/pictures.csv:4:1: there is no picture file in/absent.jpg; picture skipped",
            "in/pictures.csv:5:1: path '../outside.jpg'" + advice);
    Catalogue wider =
        CatalogueReader.read(
            CatalogueOptions.of(
                    List.of(),
                    List.of(
                        write(
                            "in/wide.csv",
                            "path\noutside.jpg\n" + folder.resolve("in/a.jpg") + "\n")))
                .withPictureRoot(folder));
    assertThat(wider.problems().list()).isEmpty();
    assertThat(wider.pictures()).hasSize(2);
  }

  @Test
  void foldersNameTheKeywordsOfTheirPictures() throws IOException {
    write("tree/root.jpg", "");
    write("tree/雪|snow/b.JPG", "");
    write("tree/雪|snow/a.webp", "");
    write("tree/x/山:0.5/c.png", "");
    write("tree/x/notes.txt", "");
    write("tree/x/.hidden.jpg", "");
    write("tree/.git/d.jpg", "");
    Catalogue catalogue = read(folder.resolve("tree"));
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.notTaken().reasons()).isEqualTo(Map.of(".txt", 1L, "hidden", 2L));
    assertThat(catalogue.pictures())
        .extracting(Picture::id)
        .containsExactly("root.jpg", "x/山:0.5/c.png", "雪|snow/a.webp", "雪|snow/b.JPG");
    assertThat(catalogue.pictures())
        .extracting(Picture::keywords)
        .containsExactly(
            List.of(),
            List.of(keyword("山:0.5", 1)),
            List.of(keyword("雪", 1), keyword("snow", 1)),
            List.of(keyword("雪", 1), keyword("snow", 1)));
  }

  @Test
  void aLoopOfLinksIsReportedAndNotFollowedForEver() throws IOException {
    write("tree/雪/a.jpg", "");
    Files.createSymbolicLink(folder.resolve("tree/雪/loop"), folder.resolve("tree"));
    Catalogue catalogue = read(folder.resolve("tree"));
    assertThat(catalogue.pictures()).hasSize(1);
    assertThat(messages(catalogue))
        .containsExactly("tree/雪/loop: cannot be visited: FileSystemLoopException; skipped");
  }
}
