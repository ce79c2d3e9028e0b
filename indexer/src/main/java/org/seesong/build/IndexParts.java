package org.seesong.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.seesong.build.SongDocuments.Known;
import org.seesong.build.SongDocuments.Told;
import org.seesong.catalogue.Picture;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.IndexMetadata;
import org.seesong.index.LyricsSignature;
import org.seesong.index.VectorFormat;
import org.seesong.keyword.TextReading;
import org.seesong.part.PartFolder;
import org.seesong.part.PartPlan;
import org.seesong.part.PartRunner;

/**
 * Has an index written in parts, pictures ahead of songs, and joins them in their order. Which
 * songs are versions of one is found here, since it needs all songs in one order.
 *
 * <p>Small indexes are merged as a build without parts leaves them. Large ones are not: a part is
 * then of more than one file of inputs, so that there are few segments.
 *
 * @param songs the songs on file
 */
record IndexParts(
    PartRunner runner, BuildFolder folder, SongPartFiles songs, PartSizes sizes, StageLog log) {
  /** Segments of pictures, and of songs, at most. */
  private static final int MOST = 32;

  void write(FittedCatalogue fitted, CatalogueModel model, IndexMetadata metadata)
      throws IOException, InterruptedException {
    String key = metadata.build().fingerprint().substring(0, 32);
    String name = "index-" + key + "-" + sizes.pictures() + "-" + sizes.songs();
    PartFolder attempts =
        new PartFolder(folder.parts().resolve(name), IndexPart.CODEC, IndexPart.VERSION);
    Path inputs = Files.createDirectories(Path.of(attempts.path(), "inputs"));
    List<List<PartDocuments>> documents = new ArrayList<>(pictures(fitted, model, inputs));
    documents.addAll(songs(fitted, model, inputs));
    IndexSource source = IndexSource.of(UUID.randomUUID().toString(), folder, metadata);
    int all = fitted.catalogue().pictures().size() + fitted.catalogue().songs().size();
    Path[] parts = new Path[documents.size()];
    int[] done = new int[1];
    attempts.compute(
        runner,
        "parts of the index",
        new PartPlan(parts.length, 1),
        part -> new IndexPart(part, attempts.path(), source, documents.get(part)),
        (in, bytes) -> IndexPart.read(attempts.path(), in),
        (part, index) -> {
          parts[part] = index;
          log.progress((long) all * ++done[0] / (parts.length + 1), all);
        });
    try (CatalogueIndexWriter writer =
        CatalogueIndexWriter.open(folder.index(), VectorFormat.of(metadata))) {
      writer.addParts(Arrays.asList(parts));
      if (all < sizes.merged()) {
        writer.commit(metadata);
      } else {
        writer.commitUnmerged(metadata);
      }
    }
  }

  /** Inputs of pictures, a list for each part. */
  private List<List<PartDocuments>> pictures(
      FittedCatalogue fitted, CatalogueModel model, Path inputs) throws IOException {
    List<Picture> all = fitted.catalogue().pictures();
    PartPlan plan = new PartPlan(all.size(), sizes.pictures());
    List<PartDocuments> files = new ArrayList<>();
    for (int part = 0; part < plan.parts(); part++) {
      List<PicturePartDocuments.Input> some = new ArrayList<>();
      for (int picture = plan.start(part); picture < plan.end(part); picture++) {
        if (fitted.encoded().isReadable(picture)) {
          some.add(
              new PicturePartDocuments.Input(
                  all.get(picture).id(),
                  all.get(picture).path(),
                  fitted.encoded().keys().get(picture),
                  model.carried(fitted.propagated(), picture),
                  model.carried(fitted.keywords().pictures(), picture),
                  fitted.pictureEmbedding(picture)));
        }
      }
      Path file = inputs.resolve(String.format(Locale.ROOT, "%06d.pictures", part));
      PicturePartDocuments.write(file, some);
      files.add(new PicturePartDocuments(file.toString()));
    }
    return grouped(files);
  }

  /** Inputs of songs, a list for each part. */
  private List<List<PartDocuments>> songs(FittedCatalogue fitted, CatalogueModel model, Path inputs)
      throws IOException, InterruptedException {
    TextReading reading = model.tagger().model().reading();
    List<Told> told = ToldSongs.of(songs, reading, fitted.keywords());
    List<LyricsSignature> groups =
        CatalogueIndexWriter.groups(told.stream().map(Told::signature).toList());
    DocumentSource source = new DocumentSource(reading, fitted.keywords().vocabulary().displays());
    PartPlan plan = songs.plan();
    List<PartDocuments> files = new ArrayList<>();
    for (int part = 0; part < plan.parts(); part++) {
      int start = plan.start(part);
      Path file = inputs.resolve(String.format(Locale.ROOT, "%06d.songs", part));
      SongPartDocuments.write(
          file,
          fitted.keywords().songs().slice(start, plan.end(part)),
          row ->
              new Known(
                  fitted.songEmbedding(start + row),
                  model.textEmbedding(told.get(start + row).telling()),
                  groups.get(start + row)));
      files.add(new SongPartDocuments(songs.file(part).toString(), file.toString(), source));
    }
    return grouped(files);
  }

  /** As many files for each part as bounds the number of parts. */
  private static List<List<PartDocuments>> grouped(List<PartDocuments> files) {
    PartPlan plan = new PartPlan(files.size(), Math.max(1, (files.size() + MOST - 1) / MOST));
    return IntStream.range(0, plan.parts()).mapToObj(part -> plan.of(files, part)).toList();
  }
}
