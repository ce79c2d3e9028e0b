package org.seesong.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.lucene.store.FSDirectory;
import org.seesong.knn.SmallSegments;
import org.seesong.vector.Centering;
import org.seesong.vector.EncodedImage;
import org.seesong.vector.FloatVector;
import org.seesong.vector.VectorSpace;

/**
 * A small random catalogue: what tests put into an index, and compare answers with.
 *
 * @param pictures the pictures, in index order
 * @param songs the songs, in index order
 * @param identity what the index is
 */
public record TestCatalogue(
    List<PictureDocument> pictures, List<SongDocument> songs, IndexMetadata identity) {
  private static final String ENCODER = "descriptor-1";
  private static final List<String> KEYWORDS = List.of("雪", "山", "花", "海", "月", "风");
  private static final List<String> LANGUAGES = List.of("zh", "en", "");

  /**
   * How large and how coarse: few levels make many equal distances.
   *
   * @param pictures number of pictures
   * @param songs number of songs
   * @param visualDimension of image embeddings
   * @param networkDimension of graph embeddings
   * @param levels different values a number of a vector takes
   */
  public record Size(
      int pictures, int songs, int visualDimension, int networkDimension, int levels) {}

  public static TestCatalogue random(Size size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PictureDocument> pictures = new ArrayList<>();
    for (int i = 0; i < size.pictures(); i++) {
      pictures.add(picture(i, size, random));
    }
    List<SongDocument> songs = new ArrayList<>();
    for (int i = 0; i < size.songs(); i++) {
      songs.add(song(i, size, random));
    }
    return new TestCatalogue(
        List.copyOf(pictures),
        List.copyOf(songs),
        identity(size.visualDimension(), size.networkDimension()));
  }

  /** The same catalogue with pictures that are centred, by half the first one's vector. */
  public TestCatalogue centered() {
    float[] mean = pictures.get(0).imageEmbedding().values().clone();
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= 2;
    }
    Centering centering = new Centering(identity.imageSpace(), mean);
    List<PictureDocument> centred = new ArrayList<>();
    for (PictureDocument picture : pictures) {
      centred.add(
          new PictureDocument(
              picture.id(),
              picture.path(),
              picture.keywords(),
              picture.labels(),
              centering.apply(picture.imageEmbedding()),
              picture.graphEmbedding(),
              picture.thumbnail()));
    }
    return new TestCatalogue(centred, songs, identity.centered(centering));
  }

  /** The same catalogue with text embeddings of all songs but each seventh. */
  public TestCatalogue withTexts(VectorSpace space, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SongDocument> speaking = new ArrayList<>();
    for (SongDocument song : songs) {
      FloatVector text = unitVector(space.dimension(), random);
      speaking.add(
          new SongDocument(
              song.id(),
              song.details(),
              song.keywords(),
              song.keywordLines(),
              song.firstLines(),
              song.searchText(),
              song.graphEmbedding(),
              speaking.size() % 7 == 3 ? FloatVector.empty() : text,
              song.signature()));
    }
    return new TestCatalogue(pictures, speaking, identity.withText(space));
  }

  public static FloatVector unitVector(int dimension, RandomGenerator random) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
    }
    float norm = (float) new FloatVector(values).norm();
    for (int i = 0; i < dimension; i++) {
      values[i] /= norm;
    }
    return new FloatVector(values);
  }

  /** A query from the encoder that all these catalogues name. */
  public static EncodedImage encoded(float[] values) {
    return new EncodedImage(new VectorSpace(ENCODER, values.length), values);
  }

  public static IndexMetadata identity(int visualDimension, int networkDimension) {
    TreeMap<String, String> options = new TreeMap<>();
    options.put("samples", "10000000");
    return IndexMetadata.of(
        new VectorSpace(ENCODER, visualDimension),
        new VectorSpace("line-2-seed-7", networkDimension),
        new BuildInfo(7, "a1b2", "c3d4", options));
  }

  private static PictureDocument picture(int number, Size size, RandomGenerator random) {
    List<WeightedKeyword> keywords = keywords(random);
    return new PictureDocument(
        "p" + number,
        "photos/" + number + ".jpg",
        keywords,
        keywords,
        vector(size.visualDimension(), size.levels(), random),
        random.nextInt(6) == 0
            ? FloatVector.empty()
            : vector(size.networkDimension(), size.levels(), random),
        new Thumbnail(new byte[] {1, (byte) number}));
  }

  private static SongDocument song(int number, Size size, RandomGenerator random) {
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("genre", random.nextBoolean() ? "rock" : "pop|rock");
    List<WeightedKeyword> keywords = keywords(random);
    return new SongDocument(
        "s" + number,
        new SongDetails(
            "歌 " + random.nextInt(20),
            "artist " + random.nextInt(5),
            LANGUAGES.get(random.nextInt(LANGUAGES.size())),
            random.nextInt(4) == 0 ? 0 : 1980 + random.nextInt(40),
            random.nextInt(4) == 0 ? Double.NaN : random.nextInt(100),
            attributes),
        keywords,
        keywords.stream().limit(2).map(keyword -> "一行 " + keyword.keyword()).toList(),
        List.of("第一行 " + number, "第二行"),
        new SearchText("歌曲", "我爱北京天安门"),
        random.nextInt(10) == 0
            ? FloatVector.empty()
            : vector(size.networkDimension(), size.levels(), random),
        LyricsSignature.NONE);
  }

  private static List<WeightedKeyword> keywords(RandomGenerator random) {
    List<WeightedKeyword> keywords = new ArrayList<>();
    for (String keyword : KEYWORDS) {
      if (random.nextInt(3) == 0) {
        keywords.add(new WeightedKeyword(keyword, 0.1 + random.nextDouble()));
      }
    }
    keywords.sort(Comparator.comparingDouble(WeightedKeyword::weight).reversed());
    return keywords;
  }

  public static FloatVector vector(int dimension, int levels, RandomGenerator random) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = 1 + random.nextInt(levels);
    }
    return new FloatVector(values);
  }

  /** With clusters of all vectors, however few, and fewer components than most of them have. */
  public void write(Path folder) throws IOException {
    write(
        CatalogueIndexWriter.open(
            folder, FSDirectory.open(Files.createDirectories(folder)), SmallSegments.format()));
  }

  public void write(Path folder, VectorFormat format) throws IOException {
    write(CatalogueIndexWriter.open(folder, format));
  }

  private void write(CatalogueIndexWriter opened) throws IOException {
    try (CatalogueIndexWriter writer = opened) {
      addTo(writer);
      writer.commit(identity);
    }
  }

  public void addTo(CatalogueIndexWriter writer) throws IOException {
    for (PictureDocument picture : pictures) {
      writer.addPicture(picture);
    }
    for (SongDocument song : songs) {
      writer.addSong(song);
    }
  }
}
