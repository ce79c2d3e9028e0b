package org.seesong.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seesong.index.CarriedKeywords;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.TestCatalogue;
import org.seesong.index.WeightedKeyword;

class CatalogueMapTest {
  @TempDir private Path folder;

  @Test
  void everythingWithKeywordsHasAPointByItsStrongest() throws Exception {
    TestCatalogue.random(new TestCatalogue.Size(60, 90, 4, 4, 5), 3).write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      CatalogueMap map = CatalogueMap.of(index);
      Map<String, CatalogueMap.Keyword> discs = new HashMap<>();
      map.keywords().forEach(disc -> discs.put(disc.keyword(), disc));
      assertThat(discs).hasSize(6);
      byte[] points = map.points();
      assertThat(points).hasSize(CatalogueMap.POINT_BYTES * (map.songs() + map.pictures()));
      ByteBuffer buffer = ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN);
      int carriers = 0;
      for (int document = 0; document < index.reader().maxDoc(); document++) {
        carriers += index.documents().keywords(document).keywords().isEmpty() ? 0 : 1;
      }
      assertThat(map.songs() + map.pictures()).isEqualTo(carriers);
      int alone = 0;
      for (int point = 0; point < carriers; point++) {
        String kind = point < map.songs() ? "song" : "picture";
        int document = index.document(IndexLayout.documentId(kind, map.id(point)));
        CarriedKeywords carried = index.documents().keywords(document);
        assertThat(carried.isSong()).isEqualTo(point < map.songs());
        assertThat(carried.id()).isEqualTo(map.id(point));
        int x = buffer.getChar(CatalogueMap.POINT_BYTES * point);
        int y = buffer.getChar(CatalogueMap.POINT_BYTES * point + 2);
        if (carried.keywords().size() == 1) {
          CatalogueMap.Keyword disc = discs.get(carried.keywords().get(0).keyword());
          assertThat(Math.hypot(x - disc.x(), y - disc.y())).isLessThan(disc.radius() + 2.0);
          alone++;
        }
      }
      assertThat(alone).as("documents with one keyword").isPositive();
      assertThat(CatalogueMap.of(index).points()).isEqualTo(points);
    }
  }

  @Test
  void aPlaceIsNearTheStrongestKeyword() throws Exception {
    TestCatalogue.random(new TestCatalogue.Size(30, 30, 4, 4, 5), 4).write(folder);
    try (CatalogueIndex index = CatalogueIndex.open(folder)) {
      CatalogueMap map = CatalogueMap.of(index);
      CatalogueMap.Keyword first = map.keywords().get(0);
      CatalogueMap.Keyword second = map.keywords().get(1);
      WeightedKeyword strong = new WeightedKeyword(first.keyword(), 2);
      assertThat(map.place(List.of(strong)).orElseThrow()).containsExactly(first.x(), first.y());
      int[] between =
          map.place(List.of(strong, new WeightedKeyword(second.keyword(), 1.5))).orElseThrow();
      double toFirst = Math.hypot(between[0] - first.x(), between[1] - first.y());
      double toSecond = Math.hypot(between[0] - second.x(), between[1] - second.y());
      assertThat(toFirst).isPositive().isLessThan(toSecond);
      assertThat(map.place(List.of(new WeightedKeyword("unknown", 1)))).isEmpty();
    }
  }
}
