package org.seesong.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {
  static final String SPACE = "encoder=descriptor-1;dimension=512";
  static final int HEADER_BYTES = 16 + SPACE.length();
  static final int RECORD_EXTRA_BYTES = 40;
  static final int FOOTER_BYTES = 48;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() throws IOException {
    folder = folder.toRealPath();
    file = folder.resolve("vectors.bin");
  }

  static ContentKey key(int number) {
    return ContentKey.of(("key " + number).getBytes(UTF_8));
  }

  static byte[] payload(int length, int seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return bytes;
  }

  private RecordFile open() throws IOException {
    return RecordFile.open(file, SPACE);
  }

  private void write(int... lengths) throws IOException {
    write(file, lengths);
  }

  static void write(Path file, int... lengths) throws IOException {
    try (RecordFile records = RecordFile.open(file, SPACE)) {
      for (int i = 0; i < lengths.length; i++) {
        records.append(key(i), payload(lengths[i], i));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void itBehavesLikeAMapOverRandomOperations(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Map<ContentKey, byte[]> model = new HashMap<>();
    RecordFile records = open();
    for (int step = 0; step < 2000; step++) {
      ContentKey key = key(random.nextInt(300));
      switch (random.nextInt(20)) {
        case 0 -> {
          records.close();
          records = open();
          assertThat(records.damage().isNone()).isTrue();
        }
        case 1, 2, 3, 4, 5, 6, 7, 8 -> {
          byte[] payload = payload(random.nextInt(20_000), step);
          records.append(key, payload);
          model.putIfAbsent(key, payload);
        }
        default -> {
          assertThat(records.contains(key)).isEqualTo(model.containsKey(key));
          if (model.containsKey(key)) {
            assertThat(records.read(key)).isEqualTo(model.get(key));
          }
        }
      }
      assertThat(records.size()).isEqualTo(model.size());
    }
    records.close();
  }

  @Test
  void aTailTornAtAnyByteIsCutOffAndTheRestKept() throws IOException {
    write(10, 0, 33);
    byte[] whole = Files.readAllBytes(file);
    int recordsEnd = whole.length - FOOTER_BYTES;
    int lastStart = recordsEnd - 33 - RECORD_EXTRA_BYTES;
    for (int length = lastStart; length < recordsEnd; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (RecordFile records = open()) {
        assertThat(records.size()).isEqualTo(2);
        assertThat(records.damage().bytes()).isEqualTo(length - lastStart);
        records.append(key(2), payload(33, 2));
      }
      assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }
  }

  @Test
  void aFlippedBitCostsItsRecordOnly() throws IOException {
    int length = 5 + RECORD_EXTRA_BYTES;
    write(5, 5, 5);
    byte[] whole = Files.readAllBytes(file);
    int recordsEnd = HEADER_BYTES + 3 * length;
    assertThat(whole).hasSize(recordsEnd + FOOTER_BYTES);
    for (int at = HEADER_BYTES; at < recordsEnd; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      Files.write(file, damaged);
      int lost = (at - HEADER_BYTES) / length;
      FileDamage.Range range =
          new FileDamage.Range(
              HEADER_BYTES + (long) lost * length, HEADER_BYTES + (lost + 1L) * length);
      FileDamage.Range none = new FileDamage.Range(whole.length, whole.length);
      FileDamage expected = new FileDamage(file, List.of(range), none, false);
      assertThat(RecordFile.verify(file)).isEqualTo(expected);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
      try (RecordFile records = open()) {
        assertThat(records.damage()).isEqualTo(expected);
        assertThat(records.size()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
          if (i != lost) {
            assertThat(records.read(key(i))).isEqualTo(payload(5, i));
          }
        }
        records.append(key(lost), payload(5, lost));
      }
      assertThat(RecordFile.verify(file).isNone()).isTrue();
      try (RecordFile records = open()) {
        assertThat(records.size()).isEqualTo(3);
        assertThat(records.read(key(lost))).isEqualTo(payload(5, lost));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatIsNotDamagedIsKept(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 60;
    int[] lengths = random.ints(count, 0, 9000).toArray();
    write(lengths);
    byte[] bytes = Files.readAllBytes(file);
    int from = HEADER_BYTES + random.nextInt(bytes.length / 2);
    int to = from + random.nextInt(bytes.length / 3);
    byte[] noise = new byte[to - from];
    if (seed % 3 > 0) { // else zeros, as from a sector that was never written
      random.nextBytes(noise);
    }
    System.arraycopy(noise, 0, bytes, from, noise.length);
    if (seed % 2 > 0) { // bytes are missing
      byte[] cut = Arrays.copyOf(bytes, bytes.length - 7);
      System.arraycopy(bytes, to, cut, to - 7, bytes.length - to);
      bytes = cut;
    }
    Files.write(file, bytes);
    int start = HEADER_BYTES;
    try (RecordFile records = open()) {
      for (int i = 0; i < count; i++) {
        int end = start + lengths[i] + RECORD_EXTRA_BYTES;
        boolean whole = end <= from || start >= to;
        assertThat(records.contains(key(i))).as("record %d", i).isEqualTo(whole);
        if (whole) {
          assertThat(records.read(key(i))).isEqualTo(payload(lengths[i], i));
        }
        start = end;
      }
      assertThat(records.damage().ranges()).hasSize(1);
      assertThat(records.damage().describe()).contains(file + " is damaged in 1 place (");
    }
    try (RecordFile records = open()) {
      assertThat(records.damage().isNone()).isTrue();
    }
  }

  @Test
  void aGapLongerThanARecordMayBeIsFilledByTheSameRules() throws IOException {
    int long1 = (1 << 20) + 17;
    write(3, long1, long1, 4);
    byte[] bytes = Files.readAllBytes(file);
    int from = HEADER_BYTES + 3 + RECORD_EXTRA_BYTES;
    Arrays.fill(bytes, from, from + 2 * (long1 + RECORD_EXTRA_BYTES), (byte) 0);
    Files.write(file, bytes);
    try (RecordFile records = open()) {
      assertThat(records.size()).isEqualTo(2);
      assertThat(records.read(key(3))).isEqualTo(payload(4, 3));
    }
    assertThat(Files.size(file)).isEqualTo(bytes.length);
    assertThat(RecordFile.verify(file).isNone()).isTrue();
  }

  @Test
  void longRecordsAfterADamagedOneAreKept() throws IOException {
    int longer = (1 << 16) + 1;
    write(longer, 2 * longer, 3, 5 * longer, 20 * longer);
    byte[] whole = Files.readAllBytes(file);
    int firstEnd = HEADER_BYTES + longer + RECORD_EXTRA_BYTES;
    for (int at : new int[] {HEADER_BYTES + 5, HEADER_BYTES + 33, HEADER_BYTES + 999}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      FileDamage damage =
          new FileDamage(
              file,
              List.of(new FileDamage.Range(HEADER_BYTES, firstEnd)),
              new FileDamage.Range(whole.length, whole.length),
              false);
      assertThat(RecordFile.verify(file)).as("byte %s", at).isEqualTo(damage);
      try (RecordFile records = open()) {
        assertThat(records.size()).isEqualTo(4);
        assertThat(records.read(key(4))).isEqualTo(payload(20 * longer, 4));
      }
    }
  }

  @Test
  void noiseAmongLongRecordsCostsLittleTimeAndNoGoodRecord() throws IOException {
    write(700, 900_000, 1_500_000, 100);
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = payload(700_000, 7);
    System.arraycopy(noise, 0, bytes, HEADER_BYTES + 700 + RECORD_EXTRA_BYTES + 9, noise.length);
    Files.write(file, bytes);
    try (RecordFile records = open()) {
      assertThat(records.keys()).containsExactlyInAnyOrder(key(0), key(2), key(3));
    }
  }

  @Test
  void bytesThatLookLikeRecordsEverywhereAreGivenUp() throws IOException {
    write(60_000);
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(file), 4 << 20);
    bytes[HEADER_BYTES] ^= 1;
    for (int at = HEADER_BYTES + RECORD_EXTRA_BYTES; at + 4 <= bytes.length; at += 4) {
      ByteBuffer.wrap(bytes).putInt(at, 60_000);
    }
    Files.write(file, bytes);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " has more damage than can be searched for good records, from byte "
                + HEADER_BYTES
                + " on; it was left alone, delete it to compute its content again");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void anInterruptedReaderDoesNotCloseTheFileForOthers() throws Exception {
    try (RecordFile records = open()) {
      records.append(key(0), payload(9, 0));
      records.read(key(0)); // maps the file; what is appended now is read without a map
      records.append(key(1), payload(9, 1));
      Thread.currentThread().interrupt();
      try {
        assertThat(records.read(key(1))).isEqualTo(payload(9, 1));
        records.append(key(2), payload(9, 2));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      records.append(key(3), payload(9, 3));
      assertThat(records.read(key(3))).isEqualTo(payload(9, 3));
      records.sync();
    }
    try (RecordFile records = open()) {
      assertThat(records.size()).isEqualTo(4);
    }
  }

  @Test
  void aDamagedHeaderThatNothingFollowsIsRefusedAndTheFileLeftAlone() throws IOException {
    write();
    byte[] whole = Arrays.copyOf(Files.readAllBytes(file), HEADER_BYTES);
    for (int at = 0; at < HEADER_BYTES; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 4;
      Files.write(file, damaged);
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("" + file);
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  @Test
  void aHeaderCutAnywhereIsWrittenAgain() throws IOException {
    write();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (RecordFile records = open()) {
        assertThat(records.size()).isZero();
      }
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void randomBytesNeverEscapeAsAnythingButAnIoException() throws IOException {
    write(5);
    byte[] header = Arrays.copyOf(Files.readAllBytes(file), HEADER_BYTES);
    for (int seed = 0; seed < 200; seed++) {
      byte[] hostile = payload(HEADER_BYTES + seed * 7, seed);
      if (seed % 2 == 0) {
        System.arraycopy(header, 0, hostile, 0, HEADER_BYTES);
        Files.write(file, hostile);
        try (RecordFile records = open()) {
          assertThat(records.size()).isZero();
        }
      } else {
        Files.write(file, hostile);
        assertThatThrownBy(this::open).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aHugeLengthFieldAllocatesNothing() throws IOException {
    write(5);
    byte[] whole = Files.readAllBytes(file);
    ByteBuffer.wrap(whole).putInt(HEADER_BYTES + 32, Integer.MAX_VALUE);
    Files.write(file, whole);
    try (RecordFile records = open()) {
      assertThat(records.damage().bytes()).isEqualTo(5 + RECORD_EXTRA_BYTES);
      assertThat(records.damage().tornEnd().length()).isZero(); // the footer is behind it
    }
  }

  @Test
  void anotherSpaceIsRefusedWithBothNames() throws IOException {
    write(5);
    assertThatThrownBy(() -> RecordFile.open(file, "encoder=vgg19;dimension=4096"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " holds records of 'encoder=descriptor-1;dimension=512', but records of"
                + " 'encoder=vgg19;dimension=4096' were asked for; use a file for each");
  }

  @Test
  void aDamagedHeaderIsWrittenAgainWhereRecordsFollow() throws IOException {
    write(10, 0, 33);
    byte[] whole = Files.readAllBytes(file);
    for (int at : new int[] {0, 3, 9, 13, 20, HEADER_BYTES - 1}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      try (RecordFile records = open()) {
        assertThat(records.size()).as("byte %s", at).isEqualTo(3);
      }
      assertThat(file).hasBinaryContent(whole);
    }
  }

  @Test
  void zerosThatACrashLeavesAreNoHeader() throws IOException {
    write();
    for (byte[] left : List.of(new byte[0], new byte[7], new byte[20])) {
      Files.write(file, left);
      write(5);
      try (RecordFile records = open()) {
        assertThat(records.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void anotherKindOfFileIsRefused() throws IOException {
    Files.writeString(file, "a,b,c\nd,e,f\nsome,more,text\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file + " is not a record file of Seesong; it was left alone, move or delete it");
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    write(5);
    byte[] whole = Files.readAllBytes(file);
    ByteBuffer.wrap(whole).putInt(4, 3);
    Files.write(file, whole);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + " has format version 3, but this program reads versions 1 and 2; delete the file"
                + " to compute its content again");
  }

  @Test
  void aSecondOpenerIsRefusedUntilTheFirstCloses() throws IOException {
    try (RecordFile records = open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(this::open)
            .isInstanceOf(IOException.class)
            .hasMessage(
                "cannot open "
                    + file
                    + ": another build is running that has it open; wait for it to end, or give"
                    + " this build a file of its own");
      }
      records.append(key(1), payload(9, 1));
      assertThat(records.read(key(1))).hasSize(9);
    }
    write(1);
  }

  @Test
  void aMissingFolderIsNamed() {
    Path lost = folder.resolve("absent").resolve("vectors.bin");
    assertThatThrownBy(() -> RecordFile.open(lost, SPACE))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot open " + lost + ": there is no folder " + folder.resolve("absent"));
  }

  @Test
  void aFullDiskLosesOnlyTheRecordThatDidNotFit() throws IOException {
    int room = 100;
    RecordFile full =
        RecordFile.open(file, SPACE, RecordFormat.Lengths.ANY, bytes -> new FullDisk(bytes, room));
    full.append(key(0), payload(20, 0));
    assertThatThrownBy(() -> full.append(key(1), payload(20, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "cannot append a record of 60 bytes to \\Q"
                + file
                + "\\E \\(free space: \\d+ bytes\\): No space left on device; its 1 earlier"
                + " records are kept");
    assertThat(Files.size(file)).isEqualTo(HEADER_BYTES + 60L);
    assertThat(full.contains(key(1))).isFalse();
    full.append(key(2), payload(0, 2));
    assertThatThrownBy(full::close).hasMessage("No space left on device"); // no footer either
    try (RecordFile records = open()) {
      assertThat(records.damage().ranges()).isEmpty();
      assertThat(records.damage().open()).isTrue();
      assertThat(records.read(key(0))).isEqualTo(payload(20, 0));
      assertThat(records.contains(key(2))).isTrue();
    }
  }

  @Test
  void threadsMayAppendAndReadTogether() throws IOException {
    try (RecordFile records = open()) {
      List<Integer> numbers = new ArrayList<>(IntStream.range(0, 2000).boxed().toList());
      numbers.addAll(IntStream.range(0, 2000).boxed().toList());
      numbers.parallelStream()
          .forEach(
              number -> {
                try {
                  records.append(key(number), payload(3000, number));
                  assertThat(records.read(key(number))).isEqualTo(payload(3000, number));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      assertThat(records.size()).isEqualTo(2000);
    }
    try (RecordFile records = open()) {
      assertThat(records.size()).isEqualTo(2000);
    }
  }

  @Test
  void aBufferTooSmallAndAnUnknownKeyAreTold() throws IOException {
    write(5);
    try (RecordFile records = open()) {
      assertThatThrownBy(() -> records.read(key(0), new byte[4]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("record " + key(0) + " of " + file + " has 5 bytes, but the buffer only 4");
      assertThatThrownBy(() -> records.read(key(7)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no record " + key(7) + " in " + file);
    }
  }
}
