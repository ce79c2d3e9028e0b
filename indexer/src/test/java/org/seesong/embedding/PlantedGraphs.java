package org.seesong.embedding;

import java.util.SplittableRandom;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;

/** Small graphs with known answers. */
final class PlantedGraphs {
  private PlantedGraphs() {}

  /** Each song holds one keyword strongly and one weakly; each picture one. */
  static Graph of(int keywords, int songs, int pictures, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder = new GraphBuilder(songs, keywords, pictures);
    for (int song = 0; song < songs; song++) {
      builder.addSongEdge(song, song % keywords, 5);
      if (song % keywords != 0) {
        builder.addSongEdge(
            song, random.nextInt(song % keywords + 1, keywords + 1) % keywords, .2f);
      }
    }
    for (int picture = 0; picture < pictures; picture++) {
      builder.addPictureEdge(picture, picture % keywords, 1);
    }
    return builder.build();
  }

  /** Songs that are missing a keyword, a keyword without songs, and vertices without edges. */
  static Graph withGaps() {
    GraphBuilder builder = new GraphBuilder(3, 3, 3);
    builder.addSongEdge(0, 0, 1);
    builder.addSongEdge(1, 1, 2);
    builder.addPictureEdge(0, 1, 1e-3f);
    builder.addPictureEdge(1, 2, 3e38f);
    return builder.build();
  }
}
