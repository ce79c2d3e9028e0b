package org.seesong.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.seesong.io.Digests;

/**
 * Names a series of changes to an index by SHA-256 of the fingerprint before them and of every
 * change with all fields of its document. So fingerprints are equal only if the same changes were
 * made to the same index, in the same order. For one thread.
 */
final class ChangeDigest {
  private final MessageDigest digest = Digests.sha256();

  ChangeDigest(String fingerprint) {
    add(fingerprint);
  }

  /** A document that is there from now on. */
  void put(String documentId, Document document) {
    add("put");
    add(documentId);
    for (IndexableField field : document) {
      add(field.name());
      add(value(field));
    }
    add("end");
  }

  /** A document that is gone from now on. */
  void remove(String documentId) {
    add("remove");
    add(documentId);
  }

  /** The fingerprint after all changes so far; more may follow. */
  String fingerprint() {
    try {
      return Digests.hex((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("SHA-256 of every JDK can be cloned", e);
    }
  }

  private static byte[] value(IndexableField field) {
    if (field instanceof KnnFloatVectorField vector) {
      float[] values = vector.vectorValue();
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      return bytes.array();
    }
    if (field.stringValue() != null) {
      return bytes(field.stringValue());
    }
    if (field.numericValue() != null) {
      return bytes(field.numericValue().toString());
    }
    return BytesRef.deepCopyOf(field.binaryValue()).bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void add(String text) {
    add(bytes(text));
  }

  private void add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
