package org.seesong.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.seesong.label.LabelledPictures;
import org.seesong.label.NeighbourSearch;
import org.seesong.label.Neighbours;
import org.seesong.label.PictureVectors;
import org.seesong.part.PartFolder;
import org.seesong.part.PartPlan;
import org.seesong.part.PartRunner;

/**
 * A search for neighbours in parts, of which those of an earlier build of the same pictures count.
 *
 * @param here whether this process computes them, which then need not open anything anew
 * @param key names the pictures, their labels and vectors
 * @param size pictures of a part
 */
record NeighbourParts(
    PartRunner runner, boolean here, BuildFolder folder, String key, StoredVectors images, int size)
    implements NeighbourSearch {
  @Override
  public Neighbours find(PictureVectors vectors, int[] labelled, int asked, LongConsumer progress)
      throws IOException, InterruptedException {
    PartFolder attempts =
        new PartFolder(
            folder.parts().resolve("neighbours-" + key + "-" + size),
            NeighbourPart.CODEC,
            NeighbourPart.VERSION);
    Neighbours found;
    if (here) {
      try (LabelledPictures opened = LabelledPictures.open(vectors, labelled)) {
        found = find(attempts, () -> opened, asked, progress);
      }
    } else {
      Path file = Path.of(attempts.path(), "pictures-" + UUID.randomUUID() + ".labelled");
      LabelledFile.of(images, labelled).write(file);
      NeighbourPart.Source source =
          new NeighbourPart.OnFile(file.toString(), folder.root().toString());
      found = find(attempts, source, asked, progress);
    }
    attempts.remove();
    return found;
  }

  private Neighbours find(
      PartFolder attempts, NeighbourPart.Source source, int asked, LongConsumer progress)
      throws IOException, InterruptedException {
    PartPlan plan = new PartPlan(images.size(), size);
    int[] found = new int[Math.multiplyExact(images.size(), asked)];
    double[] squares = new double[found.length];
    long[] done = new long[1];
    attempts.compute(
        runner,
        "pictures to compare",
        plan,
        part ->
            new NeighbourPart(
                part, attempts.path(), source, plan.start(part), plan.end(part), asked),
        NeighbourPart::read,
        (part, content) -> {
          int from = plan.start(part) * asked;
          int length = plan.end(part) * asked - from;
          if (content.asked() != asked || content.pictures().length != length) {
            throw new IOException("part " + part + " of the pictures has other neighbours");
          }
          System.arraycopy(content.pictures(), 0, found, from, length);
          System.arraycopy(content.squares(), 0, squares, from, length);
          done[0] += plan.end(part) - plan.start(part);
          progress.accept(done[0]);
        });
    return new Neighbours(asked, found, squares);
  }
}
