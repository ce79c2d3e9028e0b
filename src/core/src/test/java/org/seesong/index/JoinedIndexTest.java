package org.seesong.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.vector.FloatVector;

/** Indexes that are joined of parts that other writers committed. */
class JoinedIndexTest {
  private static final TestCatalogue CATALOGUE =
      TestCatalogue.random(new TestCatalogue.Size(40, 60, 5, 3, 6), 3);

  @TempDir Path folder;

  /** Writes pictures, then songs, so many a part. */
  private List<Path> parts(int size) throws IOException {
    List<Path> parts = new ArrayList<>();
    for (int start = 0; start < 100; start += size) {
      Path part = folder.resolve("part-" + size + "-" + parts.size());
      try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(part, VectorFormat.IVF)) {
        for (int i = start; i < Math.min(100, start + size); i++) {
          if (i < 40) {
            writer.addPicture(CATALOGUE.pictures().get(i));
          } else {
            writer.addSong(CATALOGUE.songs().get(i - 40));
          }
        }
        writer.commit(CATALOGUE.identity());
      }
      parts.add(part);
    }
    return parts;
  }

  private static List<String> documents(Path index, int segments) throws IOException {
    List<String> documents = new ArrayList<>();
    try (CatalogueIndex open = CatalogueIndex.open(index)) {
      assertThat(open.reader().leaves()).hasSize(segments);
      assertThat(open.metadata()).isEqualTo(CATALOGUE.identity());
      for (int i = 0; i < open.reader().maxDoc(); i++) {
        documents.add(i < 40 ? open.pictureAt(i).toString() : open.songAt(i).toString());
      }
    }
    return documents;
  }

  @Test
  void documentsComeInTheOrderOfTheParts() throws IOException {
    Path whole = folder.resolve("whole");
    CATALOGUE.write(whole, VectorFormat.IVF);
    for (int size : List.of(7, 33, 100)) {
      List<Path> parts = parts(size);
      Path merged = folder.resolve("merged-" + size);
      try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(merged, VectorFormat.IVF)) {
        writer.addParts(parts);
        writer.commit(CATALOGUE.identity());
      }
      assertThat(documents(merged, 1)).isEqualTo(documents(whole, 1));
      assertThat(IndexCheck.check(merged)).isEqualTo(IndexCheck.check(whole));
      Path apart = folder.resolve("apart-" + size);
      try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(apart, VectorFormat.IVF)) {
        writer.addParts(parts);
        writer.commitUnmerged(CATALOGUE.identity());
      }
      assertThat(documents(apart, parts.size())).isEqualTo(documents(whole, 1));
      assertThat(IndexCheck.check(apart)).isEqualTo(IndexCheck.check(whole));
    }
  }

  @Test
  void theIndexThatIsThereStaysUntilTheCommit() throws IOException {
    Path index = folder.resolve("index");
    CATALOGUE.write(index, VectorFormat.IVF);
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(index, VectorFormat.IVF)) {
      writer.addParts(parts(50).subList(1, 2));
    }
    assertThat(documents(index, 1)).hasSize(100);
    assertThatThrownBy(
            () -> {
              try (CatalogueIndexWriter writer =
                  CatalogueIndexWriter.open(index, VectorFormat.IVF)) {
                writer.addParts(List.of(folder.resolve("nowhere")));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot join the parts of index " + index)
        .hasMessageContaining("an index that was there before is unharmed");
    assertThat(documents(index, 1)).hasSize(100);
  }

  @Test
  void partsOfAnotherSpaceAreRefused() throws IOException {
    Path index = folder.resolve("index");
    try (CatalogueIndexWriter writer = CatalogueIndexWriter.open(index, VectorFormat.IVF)) {
      writer.addParts(parts(50));
      assertThatThrownBy(() -> writer.commit(TestCatalogue.identity(9, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("were promised, but those added have 5");
    }
  }

  @Test
  void attributesAreCountedThroughAllParts() throws IOException {
    List<Path> parts = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      parts.add(folder.resolve("many-" + part));
      try (CatalogueIndexWriter writer =
          CatalogueIndexWriter.open(parts.get(part), VectorFormat.IVF)) {
        TreeMap<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < 501; i++) {
          attributes.put("name" + (part * 501 + i), "x");
        }
        writer.addSong(
            new SongDocument(
                "s" + part,
                new SongDetails("", "", "", 0, Double.NaN, attributes),
                List.of(),
                List.of(),
                List.of(),
                new SearchText("", ""),
                FloatVector.empty(),
                LyricsSignature.NONE));
        writer.commit(TestCatalogue.identity(3, 3));
      }
    }
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(folder.resolve("index"), VectorFormat.IVF)) {
      assertThatThrownBy(() -> writer.addParts(parts))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("songs may have at most 1000 different attributes; they have 1002");
    }
  }

  /** Writers of parts may group again. */
  @RepeatedTest(5)
  void groupsOfAllSongsAreGroupsOfAnyOfThem(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<LyricsSignature> own = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] hashes = new byte[LyricsSignature.HASHES];
      if (i < 20 || random.nextInt(4) == 0) {
        random.nextBytes(hashes);
      } else {
        hashes = own.get(random.nextInt(i)).hashes();
        for (int changes = random.nextInt(60); changes > 0; changes--) {
          hashes[random.nextInt(hashes.length)] = (byte) random.nextInt(4);
        }
      }
      own.add(new LyricsSignature(1 + i, hashes));
    }
    List<LyricsSignature> groups = CatalogueIndexWriter.groups(own);
    assertThat(groups.stream().distinct().count()).isBetween(20L, 250L);
    List<LyricsSignature> some = new ArrayList<>(groups);
    Collections.shuffle(some, random);
    assertThat(CatalogueIndexWriter.groups(some.subList(0, 150))).isEqualTo(some.subList(0, 150));
  }
}
