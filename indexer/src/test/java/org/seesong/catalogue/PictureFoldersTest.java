package org.seesong.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.WeightedKeyword;

/** Folders as cameras, storage devices and archives leave them: each file is taken or counted. */
final class PictureFoldersTest {
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
  private static final byte[] HEIC = "\0\0\0\u0018ftypheic\0\0\0\0".getBytes(UTF_8);

  @TempDir Path folder;

  private Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private Catalogue read(Path... sources) throws CatalogueException {
    return CatalogueReader.read(CatalogueOptions.of(List.of(), List.of(sources)));
  }

  @Test
  void theContentDecidesAndWhatIsNotTakenIsCounted() throws IOException {
    write("photos/snow/a.jfif", JPEG);
    write("photos/snow/b.jpe", JPEG);
    write("photos/snow/c", JPEG);
    write("photos/snow/d.jpg_large", JPEG);
    write("photos/snow/e.jpg", JPEG);
    write("photos/snow/IMG_1.HEIC", HEIC);
    write("photos/snow/IMG_2.heic", HEIC);
    write("photos/snow/t.tif", "II*\0".getBytes(UTF_8));
    write("photos/snow/film", "\0\0\0\u0018ftypisom".getBytes(UTF_8));
    write("photos/snow/unknown", new byte[] {1, 2, 3});
    write("photos/snow/empty", new byte[0]);
    Catalogue catalogue = read(folder.resolve("photos"));
    assertThat(catalogue.pictures())
        .extracting(Picture::id)
        .containsExactly("snow/a.jfif", "snow/b.jpe", "snow/c", "snow/d.jpg_large", "snow/e.jpg");
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.notTaken().total()).isEqualTo(6);
    assertThat(catalogue.notTaken().reasons())
        .isEqualTo(
            Map.of(".heic", 2L, ".tif", 1L, "MP4 or QuickTime", 1L, "without a known content", 2L));
    assertThat(catalogue.notTaken().summary())
        .isEqualTo(
            "6 files not taken: 2 .heic, 2 without a known content, 1 .tif, 1 MP4 or QuickTime;"
                + " JPEG, PNG, GIF, BMP and WebP are read");
  }

  @Test
  void byProductsOfStorageDevicesAndProgramsAreLeftAside() throws IOException {
    write("photos/snow/snow0.jpg", JPEG);
    write("photos/snow/@eaDir/snow0.jpg/SYNOPHOTO_THUMB_M.jpg", JPEG);
    write("photos/#recycle/old.jpg", JPEG);
    write("photos/.thumbnails/1.jpg", JPEG);
    write("photos/__MACOSX/snow/._snow0.jpg", JPEG);
    write("photos/lost+found/2.jpg", JPEG);
    write("photos/$RECYCLE.BIN/3.jpg", JPEG);
    write("photos/System Volume Information/4.jpg", JPEG);
    write("photos/snow/._snow0.jpg", JPEG);
    write("photos/snow/Thumbs.db", JPEG);
    write("photos/snow/thumbs.DB.jpg", JPEG);
    write("photos/snow/desktop.ini", JPEG);
    write("photos/snow/.picasa.ini", JPEG);
    write("photos/snow/snow0.xmp", JPEG);
    write("photos/snow/snow0.AAE", JPEG);
    write("photos/snow/.hidden.jpg", JPEG);
    Catalogue catalogue = read(folder.resolve("photos"));
    assertThat(catalogue.pictures())
        .extracting(Picture::id)
        .containsExactly("snow/snow0.jpg", "snow/thumbs.DB.jpg");
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.notTaken().reasons()).isEqualTo(Map.of("by-products", 13L, "hidden", 1L));
    assertThat(catalogue.notTaken().summary())
        .startsWith("14 files not taken: 13 by-products (#recycle, $RECYCLE.BIN, *.aae, *.xmp, ")
        .endsWith("), 1 hidden");
    // A folder that its owner names is read, whatever it is called.
    assertThat(read(folder.resolve("photos/#recycle")).pictures()).hasSize(1);
  }

  /** The snapshots of a NAS hold all pictures many times. */
  @Test
  void ofAFolderLeftAsideFilesAreCountedUpToALimitOnly() throws IOException {
    for (int i = 0; i < 30; i++) {
      write("photos/#snapshot/day" + i % 3 + "/" + i + ".jpg", JPEG);
      write("photos/.hidden/" + i + ".jpg", JPEG);
    }
    write("photos/snow/a.jpg", JPEG);
    write("photos/#recycle/b.jpg", JPEG);
    for (int limit : new int[] {100, 9}) {
      FilesNotTaken.Counter counter = new FilesNotTaken.Counter();
      Path photos = folder.resolve("photos");
      assertThat(PictureTree.visit(photos, new ProblemCollector(), counter, limit))
          .extracting(PictureTree.Found::path)
          .containsExactly("snow/a.jpg");
      long byProducts = counter.total().reasons().get("by-products");
      long hidden = counter.total().reasons().get("hidden");
      if (limit == 100) {
        assertThat(byProducts).isEqualTo(31);
        assertThat(hidden).isEqualTo(30);
      } else {
        // Folders count as well, and each folder left aside has a limit of its own.
        assertThat(byProducts).isBetween(7L, 9L);
        assertThat(hidden).isEqualTo(8);
      }
    }
  }

  @Test
  void namesThatAreNotUtf8AreToldEachWithWhatTheyMayBe() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "names of files are bytes here only");
    write("photos/snow/a.jpg", JPEG);
    for (String name : List.of("雪/早晨", "雪/傍晚", "月亮/早晨", "月亮/傍晚")) {
      Path file = bytesPath("photos/" + name + ".jpg", Charset.forName("GBK"));
      Files.createDirectories(file.getParent());
      Files.write(file, JPEG);
    }
    Files.write(bytesPath("photos/snow/café.jpg", Charset.forName("ISO-8859-1")), JPEG);
    Catalogue catalogue = read(folder.resolve("photos"));
    assertThat(catalogue.pictures()).extracting(Picture::id).containsExactly("snow/a.jpg");
    assertThat(catalogue.problems().first())
        .hasSize(5)
        .allMatch(problem -> problem.message().endsWith("photos; picture skipped"));
    String all = catalogue.problems().list();
    assertThat(all)
        .contains("the name is not valid UTF-8; read as GBK it is '雪/早晨.jpg'; rename the files")
        .contains("read as GBK it is '雪/傍晚.jpg'")
        .contains("read as GBK it is '月亮/早晨.jpg'")
        .contains("read as GBK it is '月亮/傍晚.jpg'")
        .contains("read as windows-1252 it is 'snow/café.jpg'")
        .contains("convmv -r -f gbk -t utf8 --notest");
  }

  private Path bytesPath(String name, Charset charset) {
    StringBuilder uri = new StringBuilder("file://").append(folder.toUri().getRawPath());
    for (byte b : name.getBytes(charset)) {
      uri.append(b > 0 ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return Path.of(URI.create(uri.toString()));
  }

  @Test
  void composedAndDecomposedSpellingsOfAPathMeet() throws IOException {
    String nfc = Normalizer.normalize("cafés", Normalizer.Form.NFC);
    String nfd = Normalizer.normalize("cafés", Normalizer.Form.NFD);
    write("a/" + nfd + "/é1.jpg", JPEG);
    write("b/" + nfc + "/2.jpg", JPEG);
    Path table =
        write(
            "pictures.csv",
            ("path,keyword\na/" + nfc + "/é1.jpg,x\nb/" + nfd + "/2.jpg,x\nb/" + nfc + "/3.jpg,x\n")
                .getBytes(UTF_8));
    Catalogue catalogue = read(table);
    assertThat(catalogue.pictures())
        .extracting(Picture::id)
        .containsExactly("a/" + nfc + "/é1.jpg", "b/" + nfc + "/2.jpg");
    assertThat(catalogue.pictures()).allMatch(picture -> Files.isRegularFile(picture.file()));
    assertThat(catalogue.problems().total()).isOne();
    Catalogue tree = read(folder.resolve("a"));
    assertThat(tree.pictures()).extracting(Picture::id).containsExactly(nfc + "/é1.jpg");
    assertThat(tree.pictures().get(0).keywords()).containsExactly(new WeightedKeyword(nfc, 1));
  }

  @Test
  void twoFilesWhoseNamesDifferInCompositionOnlyAreNotMergedInSilence() throws IOException {
    write("a/" + Normalizer.normalize("é.jpg", Normalizer.Form.NFC), JPEG);
    write("a/" + Normalizer.normalize("é.jpg", Normalizer.Form.NFD), JPEG);
    Catalogue catalogue = read(folder.resolve("a"));
    assertThat(catalogue.pictures()).hasSize(1);
    assertThat(catalogue.problems().count(Problem.Kind.DUPLICATE_PICTURE)).isOne();
  }

  @Test
  void aColonInAFoldersNameIsAColon() throws IOException {
    write("photos/12:30/a.jpg", JPEG);
    write("photos/snow:0.5|ice/b.jpg", JPEG);
    Catalogue catalogue = read(folder.resolve("photos"));
    assertThat(catalogue.problems().list()).isEmpty();
    assertThat(catalogue.pictures())
        .extracting(Picture::keywords)
        .containsExactly(
            List.of(new WeightedKeyword("12:30", 1)),
            List.of(new WeightedKeyword("snow:0.5", 1), new WeightedKeyword("ice", 1)));
  }

  @Test
  void linksThatLeadNowhereAreTold() throws IOException {
    write("photos/snow/a.jpg", JPEG);
    Files.createSymbolicLink(folder.resolve("photos/snow/b.jpg"), Path.of("gone.jpg"));
    Files.createSymbolicLink(folder.resolve("photos/album"), Path.of("/nowhere/album"));
    Catalogue catalogue = read(folder.resolve("photos"));
    assertThat(catalogue.pictures()).hasSize(1);
    assertThat(catalogue.problems().list().replace(folder + "/", ""))
        .contains("photos/snow/b.jpg: is a link to what is not there: gone.jpg; skipped")
        .contains("photos/album: is a link to what is not there: /nowhere/album; skipped");
  }

  @Test
  void aPathThatIsNowhereIsStillMissing() throws IOException {
    Path table = write("pictures.csv", "path\ncafé/1.jpg\n../é.jpg\n".getBytes(UTF_8));
    Catalogue catalogue = read(table);
    assertThat(catalogue.pictures()).isEmpty();
    assertThat(catalogue.problems().count(Problem.Kind.MISSING_FILE)).isOne();
    assertThat(catalogue.problems().count(Problem.Kind.OUTSIDE_ROOT)).isOne();
    assertThatThrownBy(() -> read(folder.resolve("nowhere")))
        .hasMessageContaining("does not exist");
  }
}
