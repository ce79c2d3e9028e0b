package org.seesong.encoder;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.util.BytesRef;

/**
 * A message of Protocol Buffers as it lies in a file: enough to change one, without the library,
 * which Solr's small module would have to bring. Bytes are shared, not copied.
 *
 * @param fields in the order of the file
 */
record ProtoMessage(List<Field> fields) {
  private static final int NUMBER = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int BYTES = 2;
  private static final int FOUR_BYTES = 5;

  /**
   * One field.
   *
   * @param number which
   * @param whole with its number and length
   * @param content its bytes; empty for a number
   */
  record Field(int number, BytesRef whole, BytesRef content) {}

  /**
   * Reads a message; messages within it stay bytes.
   *
   * @throws IOException if it is none
   */
  static ProtoMessage read(BytesRef message) throws IOException {
    ByteArrayDataInput in = new ByteArrayDataInput(message.bytes, message.offset, message.length);
    int end = message.offset + message.length;
    List<Field> fields = new ArrayList<>();
    while (in.getPosition() < end) {
      int start = in.getPosition();
      int tag = in.readVInt();
      int length = length(in, tag & 7, end);
      if (length < 0 || length > end - in.getPosition()) {
        throw new EOFException("a field ends early");
      }
      int from = in.getPosition();
      in.skipBytes(length);
      BytesRef content = new BytesRef(message.bytes, from, (tag & 7) == BYTES ? length : 0);
      fields.add(
          new Field(tag >>> 3, new BytesRef(message.bytes, start, from + length - start), content));
    }
    return new ProtoMessage(List.copyOf(fields));
  }

  /** How many bytes a field has from here on. */
  private static int length(ByteArrayDataInput in, int type, int end) throws IOException {
    return switch (type) {
      case NUMBER -> {
        int start = in.getPosition();
        int last = start;
        while (last < end && in.readByte() < 0) {
          last++;
        }
        in.setPosition(start);
        yield last - start + 1;
      }
      case EIGHT_BYTES -> Long.BYTES;
      case FOUR_BYTES -> Integer.BYTES;
      case BYTES -> in.readVInt();
      default -> throw new IOException("a field is of an unknown kind");
    };
  }

  /** The contents of all fields of a number. */
  List<BytesRef> contents(int number) {
    return fields.stream().filter(f -> f.number == number).map(Field::content).toList();
  }

  /** The texts of all fields of a number. */
  List<String> texts(int number) {
    return contents(number).stream().map(BytesRef::utf8ToString).toList();
  }

  /** Writes a message, field by field. */
  static final class Writer {
    private final ByteBuffersDataOutput out = new ByteBuffersDataOutput();

    Writer copy(Field field) {
      out.writeBytes(field.whole.bytes, field.whole.offset, field.whole.length);
      return this;
    }

    Writer number(int field, int value) {
      return unsigned(field << 3 | NUMBER).unsigned(value);
    }

    Writer bytes(int field, BytesRef content) {
      unsigned(field << 3 | BYTES).unsigned(content.length);
      out.writeBytes(content.bytes, content.offset, content.length);
      return this;
    }

    Writer text(int field, String text) {
      return bytes(field, new BytesRef(text));
    }

    Writer message(int field, Writer message) {
      return bytes(field, new BytesRef(message.toByteArray()));
    }

    private Writer unsigned(int value) {
      int rest = value;
      while ((rest & ~0x7f) != 0) {
        out.writeByte((byte) (rest | 0x80));
        rest >>>= 7;
      }
      out.writeByte((byte) rest);
      return this;
    }

    byte[] toByteArray() {
      return out.toArrayCopy();
    }
  }
}
