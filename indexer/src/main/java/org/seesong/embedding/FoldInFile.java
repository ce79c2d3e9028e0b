package org.seesong.embedding;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.DataInput;
import org.seesong.io.FramedFile;

/**
 * The file of a {@link FoldIn}, a {@link FramedFile}:
 *
 * <pre>
 * space         string, the id
 * dimension  4
 * keywords   4
 * width      4  numbers in a keyword's row, at most the dimension
 * exponent   8  double
 * greatest   8  double
 * sampled    1
 * rows          (keywords + sampled) * width doubles
 * </pre>
 */
final class FoldInFile {
  private static final String CODEC = "SeesongFactors";
  private static final int VERSION = 2;

  private FoldInFile() {}

  static void write(FoldIn foldIn, Path path) throws IOException {
    KeywordFactors factors = foldIn.factors();
    new FramedFile(path, CODEC, VERSION)
        .write(
            out -> {
              out.writeString(foldIn.space());
              out.writeInt(foldIn.dimension());
              out.writeInt(factors.keywords());
              out.writeInt(factors.width());
              FramedFile.writeDoubles(out, new double[] {factors.exponent(), factors.greatest()});
              out.writeByte((byte) (factors.sampled() ? 1 : 0));
              FramedFile.writeDoubles(out, factors.rows());
            });
  }

  static FoldIn read(Path path, String space) throws IOException {
    FramedFile file = new FramedFile(path, CODEC, VERSION);
    FoldIn foldIn = file.read((in, bytes) -> read(file, in, bytes));
    if (!foldIn.space().equals(space)) {
      throw new IOException(
          path
              + " folds songs and pictures into the space "
              + foldIn.space()
              + ", but the index has "
              + space
              + "; build again");
    }
    return foldIn;
  }

  private static FoldIn read(FramedFile file, DataInput in, long bytes) throws IOException {
    String space = in.readString();
    int dimension = in.readInt();
    int keywords = in.readInt();
    int width = in.readInt();
    double[] numbers = file.finiteDoubles(in, 2);
    int sampled = in.readByte();
    if (keywords < 0
        || width < 0
        || dimension < 1
        || width > dimension
        || numbers[0] < 0
        || numbers[1] < 0
        || (numbers[1] > 0 && width >= dimension)
        || sampled >>> 1 != 0
        || ((long) keywords + sampled) * width * Double.BYTES > bytes) {
      throw file.damaged();
    }
    double[] rows = file.finiteDoubles(in, (keywords + sampled) * width);
    KeywordFactors factors =
        new KeywordFactors(keywords, width, rows, numbers[0], numbers[1], sampled == 1);
    return new FoldIn(space, dimension, factors);
  }
}
