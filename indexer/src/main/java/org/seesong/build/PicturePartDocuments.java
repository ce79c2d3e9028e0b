package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.store.DataInput;
import org.apache.lucene.store.DataOutput;
import org.seesong.index.CatalogueIndexWriter;
import org.seesong.index.PictureDocument;
import org.seesong.index.Thumbnail;
import org.seesong.index.WeightedKeyword;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.vector.Centering;
import org.seesong.vector.FloatVector;

/**
 * Readable pictures, from a {@link FramedFile} of pictures 4, and for each id, path, content key
 * 32, keywords with weights 8 each, labels likewise, and graph embedding. Image embeddings and
 * thumbnails are read from the folder of the index.
 *
 * @param file of the inputs
 */
record PicturePartDocuments(String file) implements PartDocuments {
  private static final String CODEC = "SeesongPictureInputs";
  private static final int VERSION = 1;

  /**
   * What is known of a picture.
   *
   * @param embedding its graph embedding, or empty
   */
  record Input(
      String id,
      String path,
      ContentKey key,
      List<WeightedKeyword> keywords,
      List<WeightedKeyword> labels,
      FloatVector embedding) {}

  static void write(Path file, List<Input> pictures) throws IOException {
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeInt(pictures.size());
              for (Input picture : pictures) {
                FramedFile.writeText(out, picture.id());
                FramedFile.writeText(out, picture.path());
                EncodedPart.write(picture.key(), out);
                write(picture.keywords(), out);
                write(picture.labels(), out);
                EncodedPart.write(picture.embedding(), out);
              }
            });
  }

  private static void write(List<WeightedKeyword> keywords, DataOutput out) throws IOException {
    out.writeInt(keywords.size());
    for (WeightedKeyword keyword : keywords) {
      FramedFile.writeText(out, keyword.keyword());
      out.writeLong(Double.doubleToRawLongBits(keyword.weight()));
    }
  }

  private static List<Input> read(Path file) throws IOException {
    return new FramedFile(file, CODEC, VERSION)
        .read(
            (in, bytes) -> {
              List<Input> pictures = new ArrayList<>();
              for (int left = in.readInt(); left > 0; left--) {
                pictures.add(
                    new Input(
                        FramedFile.readText(in, bytes),
                        FramedFile.readText(in, bytes),
                        EncodedPart.readKey(in),
                        keywords(in, bytes),
                        keywords(in, bytes),
                        EncodedPart.readVector(in, bytes)));
              }
              return pictures;
            });
  }

  private static List<WeightedKeyword> keywords(DataInput in, long bytes) throws IOException {
    List<WeightedKeyword> keywords = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String keyword = FramedFile.readText(in, bytes);
      keywords.add(new WeightedKeyword(keyword, Double.longBitsToDouble(in.readLong())));
    }
    return keywords;
  }

  @Override
  public void addTo(CatalogueIndexWriter writer, IndexSource source)
      throws IOException, InterruptedException {
    IndexSource.Pictures encoded = source.pictures();
    Optional<Centering> centering = source.identity().centering();
    int dimension = source.identity().imageSpace().dimension();
    for (Input picture : read(Path.of(file))) {
      PartDocuments.requireWanted();
      float[] vector = new float[dimension];
      encoded.vectors().read(picture.key(), vector);
      centering.ifPresent(by -> by.apply(vector));
      writer.addPicture(
          new PictureDocument(
              picture.id(),
              picture.path(),
              picture.keywords(),
              picture.labels(),
              new FloatVector(vector),
              picture.embedding(),
              new Thumbnail(encoded.thumbnails().read(picture.key()))));
    }
  }
}
