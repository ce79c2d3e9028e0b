package org.seesong.build;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.seesong.catalogue.Picture;
import org.seesong.catalogue.Song;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.DecoderLimits;
import org.seesong.index.IndexMetadata;
import org.seesong.io.ContentKey;
import org.seesong.label.NeighbourSearch;
import org.seesong.part.PartFolder;
import org.seesong.part.PartPlan;
import org.seesong.part.PartRunner;
import org.seesong.vector.VectorFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stages of a build that take the most, cut into parts for a {@link PartRunner}: encoding
 * pictures, finding keywords, encoding texts, comparing pictures, and writing the index. What parts
 * give goes into the files that a build without parts writes, by content, so everything after them
 * is the same, and either can go on where the other was stopped.
 */
final class BuildParts {
  private static final Logger LOG = LoggerFactory.getLogger(BuildParts.class);

  /** Between the name of a stage and that of a build. */
  private static final String BUILD = "+";

  private final Set<String> others = new HashSet<>();
  private final PartRunner runner;
  private final ModelHome models;
  private final String encoderName;
  private final BuildFolder folder;
  private final PartSizes sizes;

  /** The files of the catalogue's songs, once they are written. */
  private SongPartFiles songFiles;

  /**
   * Names the engine.
   *
   * @param models where all machines open encoders
   * @param encoderName name of the encoder there
   */
  BuildParts(PartRunner runner, ModelHome models, String encoderName, BuildFolder folder) {
    this(runner, models, encoderName, folder, PartSizes.DEFAULT);
  }

  /** With parts of other sizes, for tests. */
  BuildParts(
      PartRunner runner,
      ModelHome models,
      String encoderName,
      BuildFolder folder,
      PartSizes sizes) {
    this.runner = runner;
    this.models = models;
    this.encoderName = encoderName;
    this.folder = folder;
    this.sizes = sizes;
  }

  private PartFolder parts(String name, String codec, int version) throws IOException {
    return new PartFolder(folder.parts().resolve(name), codec, version);
  }

  /** Waits until what was kept is on disk. */
  private interface Sync {
    void run() throws IOException;
  }

  /**
   * Keeps what earlier builds' parts of a stage hold, by content, since their cuts may have been
   * others, and makes a folder for the parts of this build alone.
   */
  private <R> PartFolder begin(
      String name,
      String codec,
      int version,
      PartFolder.Content<R> content,
      PartFolder.Sink<R> keep,
      Sync sync)
      throws IOException {
    PartFolder attempts = parts(name + BUILD + UUID.randomUUID(), codec, version);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.parts(), name + BUILD + "*")) {
      for (Path each : all) {
        PartFolder found = new PartFolder(each, codec, version);
        if (!found.path().equals(attempts.path())) {
          found.forEachFound(content, keep);
          sync.run();
          found.remove();
        }
      }
    }
    return attempts;
  }

  /**
   * Encodes pictures.
   *
   * @param files takes what is new
   * @param progress called with how many pictures are done
   */
  EncodedPictures encode(
      List<Picture> all,
      ImageEncoder encoder,
      DecoderLimits limits,
      PictureFiles files,
      LongConsumer progress)
      throws IOException, InterruptedException {
    PartFolder attempts =
        begin(
            "pictures-" + encoder.id(),
            EncodedPart.CODEC,
            EncodedPart.VERSION,
            EncodedPart::read,
            (part, content) -> keep(content, files),
            files::sync);
    PictureSource source =
        new PictureSource(
            UUID.randomUUID().toString(),
            folder.root().toString(),
            models.folder().toAbsolutePath().toString(),
            encoderName,
            encoder.id(),
            files.classCount() > 0);
    PartPlan plan = new PartPlan(all.size(), sizes.pictures());
    ContentKey[] keys = new ContentKey[all.size()];
    String[][] problems = new String[plan.parts()][];
    long[] counts = new long[2]; // pictures done, encoded
    attempts.compute(
        runner,
        "pictures to encode",
        plan,
        part ->
            new PicturePart(
                part,
                attempts.path(),
                source,
                plan.of(all, part).stream().map(picture -> picture.file().toString()).toList(),
                limits),
        EncodedPart::read,
        (part, content) -> {
          List<ContentKey> some = content.keys();
          if (some.size() != plan.end(part) - plan.start(part)) {
            throw new IOException(
                "part " + part + " of the pictures has " + some.size() + " of them");
          }
          keep(content, files);
          for (int i = 0; i < some.size(); i++) {
            keys[plan.start(part) + i] = require(some.get(i), files);
          }
          problems[part] = content.problems().toArray(String[]::new);
          counts[0] += some.size();
          counts[1] += content.encoded().size();
          progress.accept(counts[0]);
        });
    files.sync();
    attempts.remove();
    List<String> unreadable = Arrays.stream(problems).flatMap(Arrays::stream).toList();
    int reused = (int) (all.size() - unreadable.size() - counts[1]);
    return new EncodedPictures(Arrays.asList(keys), unreadable, (int) counts[1], reused);
  }

  private void keep(EncodedPart content, PictureFiles files) throws IOException {
    look(content.processor());
    for (var entry : content.encoded().entrySet()) {
      EncodedPart.Encoded picture = entry.getValue();
      files.put(entry.getKey(), picture.vector(), picture.classes(), picture.thumbnail());
    }
  }

  private ContentKey require(ContentKey key, PictureFiles files) throws IOException {
    if (!key.equals(EncodedPictures.UNREADABLE) && !files.contains(key)) {
      throw new IOException(
          "a machine took picture "
              + key
              + " for encoded already, but "
              + folder.root()
              + " has no vector of it; all machines must see the same folder");
    }
    return key;
  }

  /** Says once of each other kind of machine that it has encoded something. */
  private void look(String processor) {
    if (!processor.equals(ProcessorKind.own()) && others.add(processor)) {
      LOG.warn(
          "some was encoded on a machine with a processor of another kind ({}; here {}): vectors"
              + " may differ in their last bits from those that one kind of machine gives",
          processor,
          ProcessorKind.own());
    }
  }

  /**
   * Encodes texts.
   *
   * @param missing texts without a vector, each once
   * @param encoder {@link org.seesong.encoder.TextEncoder#id} of what encodes
   * @param vectors takes the vectors
   * @param progress called with how many texts are done
   */
  void encodeTexts(List<String> missing, String encoder, VectorFile vectors, LongConsumer progress)
      throws IOException, InterruptedException {
    PartFolder attempts =
        begin(
            "texts-" + encoder,
            TextPart.CODEC,
            TextPart.VERSION,
            TextPart::read,
            (part, content) -> keep(content, vectors),
            vectors::sync);
    List<String> left =
        missing.stream().filter(text -> !vectors.contains(TextPart.key(text))).toList();
    PartPlan plan = new PartPlan(left.size(), sizes.texts());
    long[] done = {missing.size() - left.size()};
    attempts.compute(
        runner,
        "texts to encode",
        plan,
        part -> new TextPart(part, attempts.path(), encoder, plan.of(left, part)),
        TextPart::read,
        (part, content) -> {
          keep(content, vectors);
          done[0] += content.texts().size();
          progress.accept(done[0]);
        });
    vectors.sync();
    attempts.remove();
  }

  private void keep(TextPart.Content content, VectorFile vectors) throws IOException {
    look(content.processor());
    for (TextPart.Encoded text : content.texts()) {
      vectors.append(text.key(), text.vector());
    }
  }

  /**
   * Passes over the catalogue's songs.
   *
   * @param log told of progress
   */
  SongPartFiles songs(List<Song> all, StageLog log) throws IOException {
    if (songFiles == null) {
      songFiles = SongPartFiles.write(runner, folder, all, sizes.songs(), log);
    }
    return songFiles;
  }

  /**
   * A search for neighbours.
   *
   * @param key names the pictures, their labels and vectors
   */
  NeighbourSearch neighbours(String key, StoredVectors images) {
    return new NeighbourParts(runner, false, folder, key, images, sizes.pictures());
  }

  /**
   * Writes the index.
   *
   * @param log told of progress
   */
  void index(FittedCatalogue fitted, CatalogueModel model, IndexMetadata metadata, StageLog log)
      throws IOException, InterruptedException {
    SongPartFiles files = songs(fitted.catalogue().songs(), log);
    new IndexParts(runner, folder, files, sizes, log).write(fitted, model, metadata);
  }

  /** Removes what parts of builds that were killed left, once the index is complete. */
  static void removeLeft(BuildFolder folder) {
    PartFolder.remove(folder.parts());
  }
}
