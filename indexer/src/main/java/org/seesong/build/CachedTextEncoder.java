package org.seesong.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.seesong.catalogue.Song;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextModel;
import org.seesong.io.OrderedWork;
import org.seesong.vector.VectorFile;

/**
 * A text encoder that computes the vector of a line of lyrics once and keeps it by content in a
 * file. Queries are few and not kept.
 */
final class CachedTextEncoder implements TextEncoder {
  /** Songs by whose lyrics a model is chosen. */
  private static final int SAMPLE = 1000;

  /** Texts of one piece of work. */
  private static final int PIECE = 16;

  private final TextEncoder encoder;
  private final VectorFile vectors;
  private final int threads;
  private final Optional<BuildParts> parts;
  private final StageLog log;
  private final AtomicInteger encoded = new AtomicInteger();

  private CachedTextEncoder(
      TextEncoder encoder,
      VectorFile vectors,
      int threads,
      Optional<BuildParts> parts,
      StageLog log) {
    this.encoder = encoder;
    this.vectors = vectors;
    this.threads = threads;
    this.parts = parts;
    this.log = log;
  }

  /**
   * Opens the text encoder of a build.
   *
   * @param name see {@link BuildOptions#textEncoder}
   * @return nothing if none is wanted, or none suits the songs' script and is on the class path
   */
  static Optional<CachedTextEncoder> choose(
      String name,
      List<Song> songs,
      BuildFolder folder,
      int threads,
      Optional<BuildParts> parts,
      StageLog log)
      throws IOException {
    Optional<String> model =
        switch (name) {
          case BuildOptions.NONE -> Optional.empty();
          case BuildOptions.AUTO ->
              TextModel.forTexts(songs.stream().limit(SAMPLE).map(Song::lyrics).toList())
                  .filter(TextModel::isInstalled)
                  .map(TextModel::id);
          default -> Optional.of(name);
        };
    return model.isEmpty()
        ? Optional.empty()
        : Optional.of(open(TextModel.open(model.get()), folder, threads, parts, log));
  }

  /**
   * Opens the file of an encoder, which is closed with it, or if this fails.
   *
   * @param folder where vectors are kept
   * @param threads that encode at once, at least 1
   * @param parts encodes elsewhere, if present
   * @param log told of progress
   */
  static CachedTextEncoder open(
      TextEncoder encoder,
      BuildFolder folder,
      int threads,
      Optional<BuildParts> parts,
      StageLog log)
      throws IOException {
    try {
      VectorFile vectors =
          VectorFile.open(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
      return new CachedTextEncoder(encoder, vectors, threads, parts, log);
    } catch (IOException | RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** How many texts were encoded so far; others were in the file. */
  int encoded() {
    return encoded.get();
  }

  /**
   * Encodes what is not in the file yet.
   *
   * @throws CancellationException if the thread is interrupted, which is still seen afterwards
   */
  void prepare(List<String> texts) {
    List<String> missing =
        texts.stream().distinct().filter(text -> !vectors.contains(TextPart.key(text))).toList();
    if (missing.isEmpty()) {
      return; // as for every song that is written after its text was prepared
    }
    try {
      if (parts.isPresent()) {
        parts
            .get()
            .encodeTexts(
                missing, encoder.id(), vectors, done -> log.progress(done, missing.size()));
      } else {
        encodeHere(missing);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted between lines");
      cancelled.initCause(e);
      throw cancelled;
    }
    encoded.addAndGet(missing.size());
  }

  private void encodeHere(List<String> missing) throws IOException, InterruptedException {
    OrderedWork.run(
        "seesong-text",
        threads,
        (missing.size() + PIECE - 1) / PIECE,
        2 * threads,
        piece -> encoder.encode(piece(missing, piece), Role.PASSAGE),
        (float[][] encoded, int piece) -> {
          List<String> of = piece(missing, piece);
          for (int i = 0; i < encoded.length; i++) {
            vectors.append(TextPart.key(of.get(i)), encoded[i]);
          }
          log.progress(Math.min(missing.size(), (piece + 1L) * PIECE), missing.size());
        });
    vectors.sync();
  }

  private static List<String> piece(List<String> texts, int piece) {
    return texts.subList(piece * PIECE, Math.min(texts.size(), (piece + 1) * PIECE));
  }

  @Override
  public String id() {
    return encoder.id();
  }

  @Override
  public int dimension() {
    return encoder.dimension();
  }

  @Override
  public float[][] encode(List<String> texts, Role role) {
    if (role == Role.QUERY) {
      return encoder.encode(texts, role);
    }
    prepare(texts);
    float[][] rows = new float[texts.size()][dimension()];
    try {
      for (int i = 0; i < rows.length; i++) {
        vectors.read(TextPart.key(texts.get(i)), rows[i]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  @Override
  public void close() {
    encoder.close();
    try {
      vectors.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
