package org.seesong.bench.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seesong.encoder.ImageEncoder;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import org.seesong.index.CatalogueIndex;
import org.seesong.query.SearchMode;
import org.seesong.query.TwoHopOptions;
import org.seesong.query.TwoHopResult;
import org.seesong.query.TwoHopSearcher;
import org.seesong.vector.EncodedImage;

/** The stages of a query with one encoder, and what they took. */
final class QueryPath implements Closeable {
  private static final TwoHopOptions OPTIONS =
      TwoHopOptions.DEFAULT.toBuilder().mode(SearchMode.APPROXIMATE).build();

  private final String name;
  private final ImageEncoder encoder;
  private final CatalogueIndex index;
  private final TwoHopSearcher searcher;
  private final List<EncodedImage> queries;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Stage decode = new Stage("read and shrink");
  private final Stage encode = new Stage("encode");
  private final Stage hopOne = new Stage("hop one");
  private final Stage hopTwo = new Stage("hop two");
  private final Stage whole = new Stage("all");

  /** What a stage took. */
  static final class Stage {
    private final String name;
    private final List<Long> walls = new ArrayList<>();
    private long cpuNanos;

    private Stage(String name) {
      this.name = name;
    }

    private void add(long wall, long cpu) {
      walls.add(wall);
      cpuNanos += cpu;
    }

    private void reset() {
      walls.clear();
      cpuNanos = 0;
    }

    String name() {
      return name;
    }

    int queries() {
      return walls.size();
    }

    double p50Millis() {
      return walls.stream().sorted().skip(walls.size() / 2).findFirst().orElse(0L) / 1e6;
    }

    double cpuMillis() {
      return cpuNanos / 1e6 / Math.max(1, walls.size());
    }
  }

  /**
   * Takes over the encoder.
   *
   * @param index folder of a generated index
   * @param queries what its hops are searched with
   */
  QueryPath(String name, ImageEncoder encoder, Path index, List<EncodedImage> queries)
      throws IOException {
    this.name = name;
    this.encoder = encoder;
    this.queries = queries;
    this.index = CatalogueIndex.open(index);
    this.searcher = new TwoHopSearcher(this.index);
  }

  String name() {
    return name;
  }

  List<Stage> stages() {
    return List.of(decode, encode, hopOne, hopTwo, whole);
  }

  /** Forgets what was measured. */
  void reset() {
    stages().forEach(Stage::reset);
  }

  /** Asks with a file. */
  void ask(Path file, int number) throws IOException, ImageException {
    int side = encoder.inputSize();
    long start = System.nanoTime();
    long cpu = BenchMachine.threadNanos();
    RgbImage image = decoder.decode(file, ImageSize.square(side)).resizedTo(side, side);
    long decodeCpu = BenchMachine.threadNanos() - cpu;
    long decoded = System.nanoTime();
    long process = BenchIndex.cpuNanos();
    encoder.encode(List.of(image));
    // Counted in hundredths of a second, so right in the mean only.
    long encodeCpu = BenchIndex.cpuNanos() - process;
    long encoded = System.nanoTime();
    cpu = BenchMachine.threadNanos();
    TwoHopResult result = searcher.search(queries.get(number % queries.size()), OPTIONS);
    long hopsCpu = BenchMachine.threadNanos() - cpu;
    long end = System.nanoTime();
    decode.add(decoded - start, decodeCpu);
    encode.add(encoded - decoded, encodeCpu);
    long two = Math.min(end - encoded, result.timing().hopTwoNanos());
    long one = end - encoded - two;
    long oneCpu = (long) ((double) hopsCpu * one / (end - encoded));
    hopOne.add(one, oneCpu);
    hopTwo.add(two, hopsCpu - oneCpu);
    whole.add(end - start, decodeCpu + encodeCpu + hopsCpu);
  }

  @Override
  public void close() throws IOException {
    encoder.close();
    index.close();
  }
}
