package org.seesong.solr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.solr.common.util.JavaBinCodec;
import org.apache.solr.common.util.NamedList;
import org.junit.jupiter.api.Test;
import org.seesong.vector.FloatVector;

class SongListsTest {
  private static final List<String> KEYWORDS = List.of("雪", "sea", "a\nb", "");

  private static SongLists random(SplittableRandom random) {
    boolean hasArtists = random.nextBoolean();
    boolean hasWeights = random.nextBoolean();
    boolean hasContentKeys = random.nextBoolean();
    boolean hasTexts = random.nextBoolean();
    int dimension = random.nextInt(3) * 5;
    List<SongLists.Song> songs = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      songs.add(
          new SongLists.Song(
              "song:" + i,
              KEYWORDS.subList(random.nextInt(3), 2 + random.nextInt(3)),
              hasWeights ? Optional.of(List.of(random.nextDouble(), 1.0)) : Optional.empty(),
              hasArtists ? "artist" + random.nextInt(2) : "",
              hasContentKeys ? random.nextLong() : 0,
              dimension == 0
                  ? FloatVector.empty()
                  : new FloatVector(SongCatalogue.vector(random, dimension)),
              hasTexts ? (float) random.nextDouble() : 0));
    }
    List<List<SongLists.Near>> lists = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<SongLists.Near> list = new ArrayList<>();
      for (int j = songs.isEmpty() ? 0 : random.nextInt(5); j > 0; j--) {
        list.add(new SongLists.Near(random.nextInt(songs.size()), (float) random.nextDouble()));
      }
      lists.add(list);
    }
    return new SongLists(songs, lists);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws Exception {
    SplittableRandom random = new SplittableRandom(6);
    for (int round = 0; round < 200; round++) {
      SongLists lists = random(random);
      NamedList<Object> encoded = lists.encoded();
      assertThat(SongLists.decoded(encoded)).isEqualTo(lists);
      assertThat(SongLists.decoded(sent(encoded))).isEqualTo(lists);
    }
  }

  private static NamedList<?> sent(NamedList<Object> reply) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JavaBinCodec codec = new JavaBinCodec()) {
      codec.marshal(reply, bytes);
    }
    try (JavaBinCodec codec = new JavaBinCodec()) {
      return (NamedList<?>) codec.unmarshal(new ByteArrayInputStream(bytes.toByteArray()));
    }
  }
}
