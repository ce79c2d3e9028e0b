package org.seesong.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.io.ContentKey;
import org.seesong.vector.FloatMatrix;
import org.seesong.vector.VectorFile;

/** Encodes query pictures; caches vectors by content so that none is encoded twice. */
final class QueryEncoding {
  private final ImageEncoder encoder;
  private final Path folder;

  QueryEncoding(ImageEncoder encoder, Path folder) {
    this.encoder = encoder;
    this.folder = folder;
  }

  /** The readable queries with a row for each, and why others are not readable. */
  record Encoded(List<LabelledQuery> queries, FloatMatrix vectors, List<String> unreadable) {}

  Encoded encode(List<LabelledQuery> queries, LongConsumer progress) throws IOException {
    Files.createDirectories(folder);
    List<LabelledQuery> readable = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    int dimension = encoder.dimension();
    FloatMatrix all = FloatMatrix.zeros(queries.size(), dimension);
    try (VectorFile vectors =
        VectorFile.open(folder.resolve(encoder.id() + ".vectors"), encoder.id(), dimension)) {
      float[] row = new float[dimension];
      for (int i = 0; i < queries.size(); i++) {
        try {
          read(queries.get(i).file(), vectors, row);
          System.arraycopy(row, 0, all.data(), readable.size() * dimension, dimension);
          readable.add(queries.get(i));
        } catch (ImageException e) {
          unreadable.add("query " + queries.get(i).id() + ": " + e.getMessage());
        }
        progress.accept(i + 1L);
      }
    }
    float[] numbers = java.util.Arrays.copyOf(all.data(), readable.size() * dimension);
    return new Encoded(readable, new FloatMatrix(numbers, dimension), unreadable);
  }

  private void read(Path file, VectorFile vectors, float[] into) throws IOException {
    ImageDecoder decoder = new ImageDecoder();
    byte[] bytes = decoder.bytes(file);
    ContentKey key = ContentKey.of(bytes);
    if (!vectors.contains(key)) {
      ImageSize size = ImageSize.square(encoder.inputSize());
      vectors.append(key, encoder.encode(decoder.decode(bytes, file.toString(), List.of(size))));
    }
    vectors.read(key, into);
  }
}
