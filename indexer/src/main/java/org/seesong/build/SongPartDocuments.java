package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.seesong.build.SongDocuments.Known;
import org.seesong.catalogue.Song;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.io.FramedFile;
import org.seesong.keyword.KeywordRows;

/**
 * Songs, from their {@link SongFile} and a {@link FramedFile} of their keyword rows and what is
 * {@link Known} of each. Text embeddings are copied: the file that has them has those of all lines
 * too, whose keys may take more memory than a machine has.
 *
 * @param songs the {@link SongFile}
 * @param file of the other inputs
 */
record SongPartDocuments(String songs, String file, DocumentSource documents)
    implements PartDocuments {
  private static final String CODEC = "SeesongSongInputs";
  private static final int VERSION = 1;

  private record Inputs(KeywordRows rows, List<Known> known) {}

  /**
   * Writes the inputs of some songs.
   *
   * @param rows of these songs
   * @param known by row; with the signature of the song's group
   */
  static void write(Path file, KeywordRows rows, IntFunction<Known> known) throws IOException {
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              rows.write(out);
              for (int row = 0; row < rows.rows(); row++) {
                Known song = known.apply(row);
                EncodedPart.write(song.embedding(), out);
                EncodedPart.write(song.text(), out);
                ToldSongs.write(song.signature(), out);
              }
            });
  }

  private static Inputs read(Path file) throws IOException {
    return new FramedFile(file, CODEC, VERSION)
        .read(
            (in, bytes) -> {
              KeywordRows rows = KeywordRows.read(in, bytes);
              List<Known> known = new ArrayList<>();
              for (int row = 0; row < rows.rows(); row++) {
                known.add(
                    new Known(
                        EncodedPart.readVector(in, bytes),
                        EncodedPart.readVector(in, bytes),
                        ToldSongs.readSignature(in)));
              }
              return new Inputs(rows, known);
            });
  }

  @Override
  public void addTo(CatalogueIndexWriter writer, IndexSource source)
      throws IOException, InterruptedException {
    List<Song> some = SongFile.read(Path.of(songs));
    Inputs inputs = read(Path.of(file));
    if (inputs.known().size() != some.size()) {
      throw new IOException(songs + " and " + file + " are of different songs; build again");
    }
    SongDocuments maker = documents.open();
    for (int row = 0; row < some.size(); row++) {
      PartDocuments.requireWanted();
      writer.addSong(maker.document(some.get(row), inputs.rows(), row, inputs.known().get(row)));
    }
  }
}
