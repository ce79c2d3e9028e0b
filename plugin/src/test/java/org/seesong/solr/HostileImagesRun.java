package org.seesong.solr;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.client.solrj.SolrClient;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;
import org.seesong.encoder.DescriptorEncoder;
import org.seesong.image.HostileFiles;
import org.seesong.image.PictureFiles;
import org.seesong.solr.SongsHttp.Reply;
import org.seesong.testing.Trials;
import org.seesong.vector.VectorSpace;

/**
 * Starts a Solr of one core, asks it by damaged and hostile pictures and prints what it answered.
 * Ends with an error if it answers anything but songs or a refusal. Meant for a small heap.
 * Argument: an empty folder.
 */
final class HostileImagesRun {
  private HostileImagesRun() {}

  /**
   * Runs it.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    Path home = Path.of(arguments[0]);
    VectorSpace space = new VectorSpace("descriptor-2", new DescriptorEncoder().dimension());
    Files.writeString(home.resolve("solr.xml"), "<solr/>");
    Path config = Files.createDirectories(home.resolve("songs/conf"));
    new Configset(space, BaseCloudTestCase.NETWORK, "descriptor").writeTo(config);
    Files.writeString(home.resolve("songs/core.properties"), "name=songs");
    JettySolrRunner node = new JettySolrRunner(home.toString(), JettyConfig.builder().build());
    node.start();
    SongCatalogue catalogue = SongCatalogue.random(5, 20, 40, space.dimension(), 8);
    try (SolrClient client = node.newClient()) {
      BaseCloudTestCase.add(client, "songs", catalogue.pictureDocuments());
      BaseCloudTestCase.add(client, "songs", catalogue.songDocuments());
    }
    SongsHttp http = new SongsHttp(node.getBaseUrl().toString(), "songs");
    byte[] good = PictureFiles.write(PictureFiles.scene(90, 60, 1), "png");
    List<String> before = http.body(good, "image/png").songs();
    Map<Integer, Integer> statuses = new TreeMap<>();
    HostileFiles hostile = new HostileFiles(Trials.seed() + 2, List.of());
    long worst = 0;
    int files = Trials.count(1);
    for (int i = 0; i < files; i++) {
      HostileFiles.Hostile file = hostile.next();
      long start = System.nanoTime();
      Reply reply = http.body(file.bytes(), "image/jpeg");
      worst = Math.max(worst, System.nanoTime() - start);
      statuses.merge(reply.status(), 1, Integer::sum);
      if (reply.status() != 200 && reply.status() != 400 && reply.status() != 413) {
        throw new IllegalStateException(file.name() + ": " + reply.error());
      }
    }
    if (before.isEmpty() || !http.body(good, "image/png").songs().equals(before)) {
      throw new IllegalStateException("a good picture is answered otherwise than before");
    }
    out.println(files + " files: " + statuses + "; slowest " + worst / 1_000_000 + " ms");
    node.stop();
    System.exit(0);
  }
}
