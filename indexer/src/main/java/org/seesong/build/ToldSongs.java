package org.seesong.build;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.build.SongDocuments.Told;
import org.seesong.catalogue.Song;
import org.seesong.index.LyricsSignature;
import org.seesong.io.FramedFile;
import org.seesong.keyword.KeywordRows;
import org.seesong.keyword.Keywords;
import org.seesong.keyword.SongParts;
import org.seesong.keyword.TextReading;

/** What the lyrics of all songs give ahead of their documents, computed in parts. */
final class ToldSongs {
  private ToldSongs() {}

  private record Work(DocumentSource source, KeywordRows rows) implements SongParts.Work {
    @Override
    public void run(List<Song> songs, DataOutput out) throws IOException {
      SongDocuments documents = source.open();
      out.writeInt(songs.size());
      for (int row = 0; row < songs.size(); row++) {
        Told told = documents.told(songs.get(row), rows, row);
        FramedFile.writeText(out, told.telling());
        write(told.signature(), out);
      }
    }
  }

  static void write(LyricsSignature signature, DataOutput out) throws IOException {
    byte[] hashes = signature.hashes();
    out.writeLong(signature.contentKey());
    out.writeByte((byte) (hashes.length > 0 ? 1 : 0));
    out.writeBytes(hashes, hashes.length);
  }

  static LyricsSignature readSignature(DataInput in) throws IOException {
    long key = in.readLong();
    byte[] hashes = new byte[in.readByte() == 0 ? 0 : LyricsSignature.HASHES];
    in.readBytes(hashes, 0, hashes.length);
    return new LyricsSignature(key, hashes);
  }

  private static List<Told> read(DataInput in, long bytes) throws IOException {
    List<Told> told = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      told.add(new Told(FramedFile.readText(in, bytes), readSignature(in)));
    }
    return told;
  }

  /**
   * That of all songs in their order. What was computed stays on file, so asking again costs
   * little.
   */
  static List<Told> of(SongParts parts, TextReading reading, Keywords keywords)
      throws IOException, InterruptedException {
    KeywordRows rows = keywords.songs();
    Fingerprint recipe = new Fingerprint().add(reading.toString());
    recipe.add(keywords.vocabulary().hash());
    keywords.vocabulary().displays().forEach(recipe::add);
    for (int row = 0; row < rows.rows(); row++) {
      recipe.add(rows.offsets()[row + 1]);
    }
    for (int i = 0; i < rows.keywords().length; i++) {
      recipe.add(rows.keywords()[i]).add(rows.weights()[i]).add(rows.firstInLyrics()[i]);
    }
    DocumentSource source = new DocumentSource(reading, keywords.vocabulary().displays());
    Told[] all = new Told[rows.rows()];
    parts.compute(
        "songs to take lines of",
        recipe.hex(),
        (start, end) -> new Work(source, rows.slice(start, end)),
        ToldSongs::read,
        (part, start, end) -> {
          if (part.size() != end - start) {
            throw new IOException(
                "a part of songs " + start + " to " + end + " has " + part.size() + " of them");
          }
          for (int song = start; song < end; song++) {
            all[song] = part.get(song - start);
          }
        });
    return List.of(all);
  }
}
