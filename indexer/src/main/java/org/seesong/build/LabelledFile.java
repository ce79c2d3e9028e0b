package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.label.PictureVectors;
import org.seesong.vector.Centering;
import org.seesong.vector.VectorFile;
import org.seesong.vector.VectorSpace;

/**
 * A catalogue's pictures as machines of a cluster need them to compare them: the keys by which a
 * machine finds the vectors in the folder's file, and which are labelled. A {@link FramedFile}:
 * encoder's id, dimension 4, centering, empty for none, pictures 4, their keys 32 each, labelled
 * pictures 4, their numbers 4 each.
 */
record LabelledFile(
    List<ContentKey> keys, VectorSpace encoder, Optional<Centering> centering, int[] labelled) {
  private static final String CODEC = "SeesongLabelled";
  private static final int VERSION = 1;

  static LabelledFile of(StoredVectors images, int[] labelled) {
    return new LabelledFile(
        images.pictures().keys(), images.encoder(), images.centering(), labelled);
  }

  void write(Path file) throws IOException {
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeString(encoder.id());
              out.writeInt(encoder.dimension());
              out.writeString(centering.map(Centering::toString).orElse(""));
              out.writeInt(keys.size());
              for (ContentKey key : keys) {
                EncodedPart.write(key, out);
              }
              out.writeInt(labelled.length);
              for (int number : labelled) {
                out.writeInt(number);
              }
            });
  }

  static LabelledFile read(Path file) throws IOException {
    return new FramedFile(file, CODEC, VERSION)
        .read(
            (in, bytes) -> {
              VectorSpace encoder = new VectorSpace(in.readString(), in.readInt());
              String centering = in.readString();
              List<ContentKey> keys = new ArrayList<>();
              for (int left = in.readInt(); left > 0; left--) {
                keys.add(EncodedPart.readKey(in));
              }
              int[] labelled = new int[in.readInt()];
              in.readInts(labelled, 0, labelled.length);
              return new LabelledFile(
                  keys,
                  encoder,
                  centering.isEmpty() ? Optional.empty() : Optional.of(Centering.parse(centering)),
                  labelled);
            });
  }

  /** The vectors where the encoding stage left them; open until the process ends. */
  PictureVectors open(BuildFolder folder) throws IOException {
    VectorFile file =
        VectorFile.openForReading(folder.vectors(encoder.id()), encoder.id(), encoder.dimension());
    return new StoredVectors(new EncodedPictures(keys, List.of(), 0, 0), file, encoder, centering);
  }
}
