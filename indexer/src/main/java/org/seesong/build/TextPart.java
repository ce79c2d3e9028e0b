package org.seesong.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.DataInput;
import org.seesong.encoder.TextEncoder;
import org.seesong.encoder.TextEncoder.Role;
import org.seesong.encoder.TextModel;
import org.seesong.io.ContentKey;
import org.seesong.io.FramedFile;
import org.seesong.part.PartFolder;
import org.seesong.part.PartTask;

/**
 * Encodes one part of the texts that lack a vector on whichever machine, into a {@link FramedFile}:
 * processor, texts 4, dimension 4, and for each its key 32 and the vector's floats.
 *
 * @param attempts where to write
 * @param encoder {@link TextEncoder#id} of what encodes
 */
record TextPart(int part, String attempts, String encoder, List<String> texts) implements PartTask {
  static final String CODEC = "SeesongTexts";
  static final int VERSION = 1;

  /** Encoders that this process has open until it ends, since its parts come one after another. */
  private static final Map<String, TextEncoder> OPEN = new HashMap<>();

  TextPart {
    texts = List.copyOf(texts);
  }

  /** The vector of a text. */
  record Encoded(ContentKey key, float[] vector) {}

  /**
   * What encoding a part gave.
   *
   * @param processor {@link ProcessorKind} of the machine
   */
  record Content(String processor, List<Encoded> texts) {}

  private static TextEncoder open(String id) throws IOException {
    synchronized (OPEN) {
      TextEncoder encoder = OPEN.get(id);
      if (encoder == null) {
        encoder = TextModel.openEncoder(id);
        OPEN.put(id, encoder);
      }
      return encoder;
    }
  }

  static ContentKey key(String text) {
    return ContentKey.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String run() throws IOException, InterruptedException {
    TextEncoder opened = open(encoder);
    List<Encoded> encoded = new ArrayList<>();
    for (String text : texts) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted between texts");
      }
      encoded.add(new Encoded(key(text), opened.encode(List.of(text), Role.PASSAGE)[0]));
    }
    Path file = PartFolder.attempt(attempts, part);
    new FramedFile(file, CODEC, VERSION)
        .write(
            out -> {
              out.writeString(ProcessorKind.own());
              out.writeInt(encoded.size());
              out.writeInt(opened.dimension());
              for (Encoded text : encoded) {
                EncodedPart.write(text.key(), out);
                for (float x : text.vector()) {
                  out.writeInt(Float.floatToIntBits(x));
                }
              }
            });
    return file.toString();
  }

  static Content read(DataInput in, long bytes) throws IOException {
    String processor = in.readString();
    int size = in.readInt();
    int dimension = in.readInt();
    if (size < 0 || dimension < 1 || (long) size * dimension * Float.BYTES > bytes) {
      throw new IOException("a part of " + size + " vectors in " + bytes + " bytes");
    }
    List<Encoded> encoded = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      ContentKey key = EncodedPart.readKey(in);
      float[] vector = new float[dimension];
      in.readFloats(vector, 0, dimension);
      encoded.add(new Encoded(key, vector));
    }
    return new Content(processor, encoded);
  }
}
