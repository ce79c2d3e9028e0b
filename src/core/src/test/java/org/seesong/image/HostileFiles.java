package org.seesong.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Any number of damaged and hostile picture files, the same for the same seed: pictures cut off,
 * with bits flipped, with parts overwritten, repeated or taken out, and with sizes in their headers
 * that nothing behind them fills. Not safe for threads.
 */
public final class HostileFiles {
  private static final int[] SIDES = {
    0, 1, 2, 255, 4096, 16_000, 16_384, 16_385, 40_000, 65_535, 1 << 24, Integer.MAX_VALUE, -1, -7
  };

  private final SplittableRandom random;
  private final List<Path> photographs = new ArrayList<>();
  private final List<Map.Entry<String, byte[]>> made = List.copyOf(PictureFiles.good().entrySet());

  /**
   * Draws from a seed.
   *
   * @param folders of real pictures to damage, besides made ones
   */
  public HostileFiles(long seed, List<Path> folders) throws IOException {
    random = new SplittableRandom(seed);
    for (Path folder : folders) {
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.filter(Files::isRegularFile).sorted().forEach(photographs::add);
      }
    }
  }

  /** A file with a name that says what it is. */
  public record Hostile(String name, byte[] bytes) {}

  /** The next file. */
  public Hostile next() throws IOException {
    int kind = random.nextInt(10);
    if (kind < 2) {
      return bomb();
    }
    String name;
    byte[] good;
    if (!photographs.isEmpty() && random.nextInt(4) > 0) {
      Path photograph = photographs.get(random.nextInt(photographs.size()));
      name = photograph.getFileName().toString();
      good = Files.readAllBytes(photograph);
    } else {
      Map.Entry<String, byte[]> file = made.get(random.nextInt(made.size()));
      name = file.getKey();
      good = file.getValue();
    }
    return switch (kind) {
      case 2, 3 -> new Hostile("cut-" + name, Arrays.copyOf(good, random.nextInt(good.length + 1)));
      case 4, 5, 6 -> new Hostile("bits-" + name, flipped(good, good.length));
      case 7 -> new Hostile("head-" + name, flipped(good, Math.min(good.length, 700)));
      case 8 -> new Hostile("spliced-" + name, spliced(good));
      default -> new Hostile("overwritten-" + name, overwritten(good));
    };
  }

  private byte[] flipped(byte[] good, int end) {
    byte[] bytes = good.clone();
    for (int flips = random.nextInt(20); flips >= 0 && end > 0; flips--) {
      bytes[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] overwritten(byte[] good) {
    byte[] bytes = good.clone();
    int at = random.nextInt(bytes.length + 1);
    int end = Math.min(bytes.length, at + random.nextInt(200));
    byte with = (byte) new int[] {0, 0xff, 0x7f, random.nextInt(256)}[random.nextInt(4)];
    Arrays.fill(bytes, at, end, with);
    return bytes;
  }

  /** A part taken out, or repeated elsewhere. */
  private byte[] spliced(byte[] good) {
    int at = random.nextInt(good.length + 1);
    int end = Math.min(good.length, at + random.nextInt(1000));
    if (random.nextBoolean()) {
      return PictureFiles.concat(
          Arrays.copyOf(good, at), Arrays.copyOfRange(good, end, good.length));
    }
    return PictureFiles.insert(
        good, random.nextInt(good.length + 1), Arrays.copyOfRange(good, at, end));
  }

  private int side() {
    return random.nextInt(3) == 0 ? random.nextInt(70_000) : SIDES[random.nextInt(SIDES.length)];
  }

  /** A header that promises a size, with a small picture behind it or nothing. */
  private Hostile bomb() {
    int width = side();
    int height = side();
    String size = width + "x" + height;
    Map<String, byte[]> good = PictureFiles.good();
    return switch (random.nextInt(8)) {
      case 0 -> new Hostile(size + ".png", png(good.get("a.png"), width, height));
      case 1 -> new Hostile(size + "-empty.png", Bombs.png(width, height));
      case 2 -> new Hostile(size + ".gif", put(good.get("a.gif"), 6, width, height, 2));
      case 3 -> new Hostile(size + "-frame.gif", gifFrame(good.get("a.gif"), width, height));
      case 4 -> new Hostile(size + ".jpg", jpeg(good.get("a.jpg"), width, height));
      case 5 -> new Hostile(size + ".bmp", put(good.get("a.bmp"), 18, width, height, 4));
      case 6 ->
          random.nextBoolean()
              ? new Hostile(size + ".webp", Bombs.webp(1 + (width & 0x3fff), 1 + (height & 0x3fff)))
              : new Hostile(
                  size + "-lossy.webp", put(good.get("lossy.webp"), 26, width, height, 2));
      default -> new Hostile(size + ".tiff", tiff(width, height));
    };
  }

  private byte[] png(byte[] good, int width, int height) {
    byte[] header =
        PictureFiles.pngHeader(
            width,
            height,
            new int[] {1, 8, 16}[random.nextInt(3)],
            new int[] {0, 2, 3, 4, 6}[random.nextInt(5)]);
    return PictureFiles.concat(header, Arrays.copyOfRange(good, header.length, good.length));
  }

  /** Width and height, least byte first. */
  private static byte[] put(byte[] good, int at, int width, int height, int bytes) {
    byte[] file = good.clone();
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes == 2) {
      buffer.putShort(at, (short) width).putShort(at + 2, (short) height);
    } else {
      buffer.putInt(at, width).putInt(at + 4, height);
    }
    return file;
  }

  private static byte[] gifFrame(byte[] good, int width, int height) {
    int at = 13 + (3 << ((good[10] & 7) + 1));
    while (at < good.length - 9 && good[at] != 0x2c) {
      at++;
    }
    return put(put(good, 6, width, height, 2), at + 5, width, height, 2);
  }

  private static byte[] jpeg(byte[] good, int width, int height) {
    byte[] file = good.clone();
    for (int i = 0; i < file.length - 9; i++) {
      if (file[i] == (byte) 0xff && (file[i + 1] == (byte) 0xc0 || file[i + 1] == (byte) 0xc2)) {
        ByteBuffer.wrap(file).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
        break;
      }
    }
    return file;
  }

  /** A strip of nothing, in a format that is not read. */
  private static byte[] tiff(int width, int height) {
    ByteBuffer tiff = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 4);
    int[][] entries = {{256, width}, {257, height}, {273, 8}, {279, Integer.MAX_VALUE}};
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    return tiff.array();
  }
}
