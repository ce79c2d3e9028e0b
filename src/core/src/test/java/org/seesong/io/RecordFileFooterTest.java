package org.seesong.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seesong.io.RecordFileTest.FOOTER_BYTES;
import static org.seesong.io.RecordFileTest.HEADER_BYTES;
import static org.seesong.io.RecordFileTest.RECORD_EXTRA_BYTES;
import static org.seesong.io.RecordFileTest.SPACE;
import static org.seesong.io.RecordFileTest.key;
import static org.seesong.io.RecordFileTest.payload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileFooterTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() throws IOException {
    file = folder.toRealPath().resolve("vectors.bin");
  }

  private RecordFile open() throws IOException {
    return RecordFile.open(file, SPACE);
  }

  private void write(int... lengths) throws IOException {
    RecordFileTest.write(file, lengths);
  }

  @Test
  void everyLostEndIsSeenWhereverItIsTorn() throws IOException {
    write(10, 0, 33);
    byte[] whole = Files.readAllBytes(file);
    assertThat(RecordFile.verify(file).isNone()).isTrue();
    for (int length = HEADER_BYTES; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(RecordFile.verify(file).isNone()).as("%d bytes", length).isFalse();
      assertThat(RecordFile.verify(file).describe()).isNotEmpty();
    }
    byte[] withoutTheFirst = new byte[whole.length - 10 - RECORD_EXTRA_BYTES];
    System.arraycopy(whole, 0, withoutTheFirst, 0, HEADER_BYTES);
    System.arraycopy(
        whole,
        HEADER_BYTES + 10 + RECORD_EXTRA_BYTES,
        withoutTheFirst,
        HEADER_BYTES,
        withoutTheFirst.length - HEADER_BYTES);
    Files.write(file, withoutTheFirst);
    assertThat(RecordFile.verify(file).open()).isTrue();
    write(10, 0, 33);
    assertThat(RecordFile.verify(file).isNone()).isTrue();
  }

  @Test
  void aFileIsOpenFromItsFirstRecordUntilItIsClosed() throws IOException {
    write(10);
    byte[] whole = Files.readAllBytes(file);
    write(10);
    assertThat(file).as("nothing was appended").hasBinaryContent(whole);
    try (RecordFile records = open()) {
      assertThat(RecordFile.verify(file).isNone()).isTrue();
      records.append(key(1), payload(0, 1)); // shorter than a footer
      assertThat(RecordFile.verify(file).open()).isTrue();
    }
    assertThat(RecordFile.verify(file).isNone()).isTrue();
    try (RecordFile records = open()) {
      assertThat(records.damage().isNone()).isTrue();
      assertThat(records.keys()).containsExactlyInAnyOrder(key(0), key(1));
    }
  }

  @Test
  void aFileOfTheFirstVersionIsReadAndGetsAFooterWhenItIsClosed() throws IOException {
    write(10, 33);
    byte[] whole = Files.readAllBytes(file);
    byte[] first = Arrays.copyOf(whole, whole.length - FOOTER_BYTES);
    ByteBuffer.wrap(first).putInt(4, 1);
    int sum = RecordFormat.checksum(first, 0, HEADER_BYTES - 4);
    ByteBuffer.wrap(first).putInt(HEADER_BYTES - 4, sum);
    Files.write(file, first);
    assertThat(RecordFile.verify(file).isNone()).isTrue();
    try (RecordFile records = RecordFile.openForReading(file, SPACE)) {
      assertThat(records.size()).isEqualTo(2);
    }
    assertThat(file).hasBinaryContent(first);
    try (RecordFile records = open()) {
      assertThat(records.damage().isNone()).isTrue();
      assertThat(records.read(key(1))).isEqualTo(payload(33, 1));
    }
    assertThat(file).hasBinaryContent(whole);
  }
}
