package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.encoder.ImageEncoder;
import org.seesong.io.ContentKey;
import org.seesong.vector.VectorFile;

/** Whatever a build leaves is read by check, which changes nothing, and mended by a build. */
class CheckCommandTest {
  private static final ImageEncoder ENCODER = new DescriptorEncoder();
  private static final String WHOLE = "whole: 15 pictures and 40 songs\n";

  @TempDir static Path shared;
  private static Path built;
  private static SmallCatalogue catalogue;

  @TempDir Path temporary;
  private Path out;

  @BeforeAll
  static void build() throws IOException {
    CommandRun.home(shared.resolve("home"));
    catalogue = SmallCatalogue.writeTo(shared.resolve("c"), 40, 15);
    built = shared.resolve("built");
    build(built);
  }

  private static CommandRun build(Path folder) {
    return CommandRun.build(
            catalogue.songs(),
            catalogue.pictures(),
            folder,
            "--embedding",
            "line2",
            "--text-encoder",
            "auto")
        .ends(0);
  }

  @BeforeEach
  void copy() throws IOException {
    out = temporary.toRealPath().resolve("out");
    try (Stream<Path> files = Files.walk(built)) {
      for (Path file : files.toList()) {
        Path to = out.resolve(built.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else if (!file.toString().endsWith(".lock")) {
          Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Names, times and content of all there is. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        int content = Files.isDirectory(file) ? 0 : Arrays.hashCode(Files.readAllBytes(file));
        state.put(out.relativize(file).toString(), Files.getLastModifiedTime(file) + " " + content);
      }
    }
    return state;
  }

  private CommandRun check() throws IOException {
    Map<String, String> before = state();
    CommandRun run = CommandRun.of("check", out);
    assertThat(state()).isEqualTo(before);
    return run;
  }

  @Test
  void aWholeFolderIsCalledWholeAndLeftAsItIs() throws IOException {
    assertThat(check().ends(0).data()).isEqualTo(WHOLE);
  }

  @Test
  void aDamagedVectorCostsOnePictureOnly() throws IOException {
    Path file = vectorsOfPictures(out);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes);
    assertThat(check().ends(1).data())
        .matches(
            "\\Q"
                + file
                + "\\E: bytes [0-9,]+ to [0-9,]+ are damaged; the vectors that were there are lost;"
                + " run the same 'seesong build' again, which encodes their pictures anew\n"
                + "not whole: 1 problem\n");
    assertThat(build(out).log()).contains("1 encoded, 14 known already");
    assertThat(check().ends(0).data()).isEqualTo(WHOLE);
  }

  @Test
  void damagedVectorsAreNotSearched() throws IOException {
    Path vectors;
    try (Stream<Path> files = Files.list(out.resolve("index"))) {
      vectors = files.filter(file -> file.toString().endsWith(".vec")).findAny().orElseThrow();
    }
    Path query = SmallCatalogue.writePicture(temporary.resolve("q.png"), 1, 7777);
    CommandRun.of("search", out, query).ends(0);
    byte[] bytes = Files.readAllBytes(vectors);
    bytes[bytes.length / 2] ^= 1;
    Files.write(vectors, bytes);
    CommandRun run = CommandRun.of("search", out, query).ends(1);
    assertThat(run.data()).isEmpty();
    assertThat(run.messages())
        .startsWith("seesong: index " + out.resolve("index") + " is damaged and not searched (")
        .contains(vectors.getFileName().toString())
        .endsWith("; 'seesong check' says what is lost and what mends it");
  }

  @Test
  void aDamagedLineOfTheFileOfVotesIsNamed() throws IOException {
    Path votes =
        Files.writeString(
            temporary.resolve("votes.jsonl"),
            "{\"time\":\"2026-01-02T03:04:05.678Z\",\"song\":\"s1\",\"vote\":1,\"query\":{}}\n");
    assertThat(CommandRun.of("check", out, "--votes", votes).ends(0).data())
        .isEqualTo(
            votes
                + ".length is not there, so that a lost end of the file of votes would not be seen;"
                + " the next server makes it\nvotes: 1, of which 1 have no checksum\n"
                + WHOLE);
    Files.writeString(votes, "{\"time\":\"2026", StandardOpenOption.APPEND);
    CommandRun run = CommandRun.of("check", out, "--votes", votes).ends(1);
    assertThat(run.data())
        .startsWith(votes + ", line 2: changed or cut off, and its vote is lost; remove the line")
        .endsWith("\nvotes: 1, of which 1 have no checksum\nnot whole: 1 problem\n");
    assertThat(
            CommandRun.of("check", out, "--votes", votes, "--json")
                .json()
                .get(0)
                .get("votes")
                .asInt())
        .isEqualTo(1);
  }

  @Test
  void aStateOfATrainingThatIsNoneIsTold() throws IOException {
    Files.writeString(out.resolve("work/line-8-0.training"), "no state at all");
    assertThat(check().ends(1).data())
        .contains("line-8-0.training: bytes 0 to 14 are damaged")
        .endsWith("not whole: 1 problem\n");
  }

  private static Path vectorsOfPictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("vectors"))) {
      return files.filter(CheckCommandTest::isOfPictures).findAny().orElseThrow();
    }
  }

  private static Map<ContentKey, float[]> all(Path file) throws IOException {
    Map<ContentKey, float[]> all = new HashMap<>();
    try (VectorFile vectors = open(file)) {
      for (ContentKey key : vectors.keys()) {
        float[] vector = new float[ENCODER.dimension()];
        vectors.read(key, vector);
        all.put(key, vector);
      }
    }
    return all;
  }

  @Test
  void picturesWithTheSameVectorAreWholeAndLostVectorsFound() throws IOException {
    Path pictures = catalogue.pictures().resolveSibling("twice.csv");
    Files.writeString(pictures, "path,id,keyword\np1.png,a,海\np1.png,b,海\np2.png,c,山\n");
    Path folder = temporary.toRealPath().resolve("twice");
    CommandRun.build(catalogue.songs(), pictures, folder).ends(0);
    assertThat(CommandRun.of("check", folder).ends(0).data())
        .isEqualTo("whole: 3 pictures and 40 songs\n");
    Path file = vectorsOfPictures(folder);
    Map<ContentKey, float[]> all = all(file);
    assertThat(all).hasSize(2);
    for (ContentKey other : all.keySet()) {
      Files.delete(file);
      try (VectorFile vectors = open(file)) {
        for (Map.Entry<ContentKey, float[]> each : all.entrySet()) {
          float[] vector = each.getValue().clone();
          vector[0] += each.getKey().equals(other) ? 1 : 0;
          vectors.append(each.getKey(), vector);
        }
      }
      assertThat(CommandRun.of("check", folder).ends(1).data())
          .isEqualTo(
              "1 image embeddings of the index are not in "
                  + file
                  + "; delete the file and build again\nnot whole: 1 problem\n");
    }
  }

  @Test
  void vectorsThatAreMissingBehindATearBetweenTwoRecordsAreTold() throws IOException {
    Path file = vectorsOfPictures(out);
    Map<ContentKey, float[]> all = all(file);
    Files.delete(file);
    try (VectorFile vectors = open(file)) {
      ContentKey first = all.keySet().iterator().next();
      vectors.append(first, all.get(first));
    }
    assertThat(check().ends(0).data())
        .isEqualTo(
            all.size()
                - 1
                + " image embeddings of the index are not in "
                + file
                + ", which holds 1; it is only a cache, and the next build encodes their pictures"
                + " again\n"
                + WHOLE);
  }

  private static boolean isOfPictures(Path file) {
    return file.getFileName().toString().matches("descriptor.*[.]vectors");
  }

  private static VectorFile open(Path file) throws IOException {
    return VectorFile.open(file, ENCODER.id(), ENCODER.dimension());
  }

  @Test
  void aBuildThatWasKilledAfterItsCommitTidiesUpWhenRunAgain() throws IOException {
    SmallCatalogue other = SmallCatalogue.writeTo(temporary.resolve("c"), 50, 15);
    CommandRun.build(other.songs(), other.pictures(), out).ends(0);
    Path leftover = Files.writeString(out.resolve("model/0123456789abcdef.json"), "{}");
    CommandRun again = CommandRun.build(other.songs(), other.pictures(), out).ends(0);
    assertThat(again.log()).contains("unchanged, nothing to write");
    assertThat(leftover).doesNotExist();
  }
}
