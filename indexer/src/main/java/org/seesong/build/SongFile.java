package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seesong.catalogue.Song;
import org.seesong.io.FramedFile;

/**
 * Songs of one part as machines of a cluster read them: a {@link FramedFile} of songs 4, and for
 * each its texts, popularity 8, year 4, attributes 4 and their names and values.
 */
final class SongFile {
  private static final String CODEC = "SeesongSongs";
  private static final int VERSION = 1;

  private SongFile() {}

  static void write(Path file, List<Song> songs) throws IOException {
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeInt(songs.size());
              for (Song song : songs) {
                for (String text :
                    List.of(
                        song.id(), song.title(), song.artist(), song.lyrics(), song.language())) {
                  FramedFile.writeText(out, text);
                }
                out.writeLong(Double.doubleToRawLongBits(song.popularity()));
                out.writeInt(song.year());
                out.writeInt(song.attributes().size());
                for (Map.Entry<String, String> attribute : song.attributes().entrySet()) {
                  FramedFile.writeText(out, attribute.getKey());
                  FramedFile.writeText(out, attribute.getValue());
                }
              }
            });
  }

  static List<Song> read(Path file) throws IOException {
    return new FramedFile(file, CODEC, VERSION)
        .read(
            (in, bytes) -> {
              List<Song> songs = new ArrayList<>();
              for (int left = in.readInt(); left > 0; left--) {
                String id = FramedFile.readText(in, bytes);
                String title = FramedFile.readText(in, bytes);
                String artist = FramedFile.readText(in, bytes);
                String lyrics = FramedFile.readText(in, bytes);
                String language = FramedFile.readText(in, bytes);
                double popularity = Double.longBitsToDouble(in.readLong());
                int year = in.readInt();
                SortedMap<String, String> attributes = new TreeMap<>();
                for (int more = in.readInt(); more > 0; more--) {
                  String name = FramedFile.readText(in, bytes);
                  attributes.put(name, FramedFile.readText(in, bytes));
                }
                songs.add(
                    new Song(id, title, artist, lyrics, language, popularity, year, attributes));
              }
              return songs;
            });
  }
}
