package org.seesong.vector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Set;
import org.seesong.io.ContentKey;
import org.seesong.io.FileDamage;
import org.seesong.io.RecordFile;

/**
 * Vectors of one encoder on disk, each found by the key of the content it was computed from: a
 * {@link RecordFile} whose payloads are little-endian floats.
 *
 * <p>Opening costs one pass over the file. All methods may be called from any thread.
 */
public final class VectorFile implements AutoCloseable {
  private final Path file;
  private final RecordFile records;
  private final int dimension;

  private VectorFile(Path file, RecordFile records, int dimension) {
    this.file = file;
    this.records = records;
    this.dimension = dimension;
  }

  /**
   * Opens a file, or makes it if there is none.
   *
   * @param file the file; its folder must exist
   * @param encoderId what computes the vectors, see {@link VectorSpace}
   * @param dimension numbers in a vector, 1 to 16,384
   * @return the open file, to be closed by the caller
   * @throws IOException if the file is of another kind, encoder or dimension, if another process
   *     has it open, or if reading fails
   */
  public static VectorFile open(Path file, String encoderId, int dimension) throws IOException {
    String space = space(encoderId, dimension);
    return new VectorFile(file, RecordFile.open(file, space, dimension * Float.BYTES), dimension);
  }

  /**
   * Opens a file that is there to read it: no lock is taken, nothing is written or made.
   *
   * @param file the file
   * @param encoderId what computed the vectors
   * @param dimension numbers in a vector, 1 to 16,384
   * @return the open file, to be closed by the caller; appending to it fails
   * @throws IOException if there is none, it is of another kind, encoder or dimension, or reading
   *     fails
   */
  public static VectorFile openForReading(Path file, String encoderId, int dimension)
      throws IOException {
    String space = space(encoderId, dimension);
    return new VectorFile(
        file, RecordFile.openForReading(file, space, dimension * Float.BYTES), dimension);
  }

  private static String space(String encoderId, int dimension) {
    VectorSpace space = new VectorSpace(encoderId, dimension);
    return "encoder=" + space.id() + ";dimension=" + space.dimension();
  }

  /**
   * Whether there is a vector for a key.
   *
   * @param key the key
   * @return true if {@link #read} would find it
   */
  public boolean contains(ContentKey key) {
    return records.contains(key);
  }

  /**
   * Adds a vector; does nothing if the key is there already.
   *
   * @param key the key
   * @param vector the numbers, as many as the dimension, all finite
   * @throws IllegalArgumentException if the vector has another dimension or a number that is not
   *     finite
   * @throws IOException if it cannot be written, such as on a full disk; all earlier vectors stay
   */
  public void append(ContentKey key, float[] vector) throws IOException {
    checkDimension(vector);
    int odd = FloatVector.firstNotFinite(vector);
    if (odd >= 0) {
      throw new IllegalArgumentException(
          "value " + odd + " of vector " + key + " must be finite; got: " + vector[odd]);
    }
    byte[] bytes = new byte[dimension * Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(vector);
    records.append(key, bytes);
  }

  /**
   * Copies the vector of a key.
   *
   * @param key a key that is contained
   * @param into where to copy it to, as many floats as the dimension
   * @throws IllegalArgumentException if there is no such vector or {@code into} has another length
   * @throws IOException if reading fails
   */
  public void read(ContentKey key, float[] into) throws IOException {
    checkDimension(into);
    byte[] bytes = records.read(key);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(into);
  }

  private void checkDimension(float[] vector) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "vectors of " + file + " have " + dimension + " dimensions; got: " + vector.length);
    }
  }

  /**
   * Number of vectors.
   *
   * @return keys in the file
   */
  public int size() {
    return records.size();
  }

  /**
   * The keys of all vectors.
   *
   * @return a copy
   */
  public Set<ContentKey> keys() {
    return records.keys();
  }

  /**
   * What opening found damaged.
   *
   * @return damage; none if the file was whole
   */
  public FileDamage damage() {
    return records.damage();
  }

  /**
   * Waits until all vectors are on the disk.
   *
   * @throws IOException if the system reports a failure
   */
  public void sync() throws IOException {
    records.sync();
  }

  /**
   * Syncs, closes the file and lets others open it.
   *
   * @throws IOException if syncing or closing fails
   */
  @Override
  public void close() throws IOException {
    records.close();
  }
}
