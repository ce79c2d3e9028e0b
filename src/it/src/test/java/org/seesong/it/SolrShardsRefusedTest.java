package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.solr.client.solrj.request.CollectionAdminRequest;
import org.junit.jupiter.api.Test;
import org.seesong.index.CatalogueIndex;
import org.seesong.solr.Configset;

/** What {@code seesong push --shards-from} refuses, with words that say what to do. */
class SolrShardsRefusedTest extends BaseShardsTestCase {
  SolrShardsRefusedTest() {
    super(1);
  }

  @Test
  void whatCannotWorkIsRefusedBeforeAnythingIsMade() throws Exception {
    Path absent = shared().resolve("absent");
    install(small(), "refused", absent)
        .fails(
            1,
            "seesong: --shards-from "
                + absent
                + " is no folder that can be written; make one that all nodes of Solr see under"
                + " the same path, such as a network disk's");
    Path folder = folder("refused");
    assertThat(
            install(small(), "refused", folder, "--repository", "tapes")
                .ends(1)
                .messages()
                .replaceFirst("http://[0-9.:]+/solr", "URL"))
        .isEqualTo(
            "seesong: Solr at URL cannot read "
                + folder
                + " by the backup repository 'tapes': Could not find a backup repository with name"
                + " tapes. Every node must see the folder under the same path, be started with"
                + " -Dsolr.allowPaths="
                + folder
                + " if it has a security manager, and have the repository in its solr.xml");
    assertThat(in(folder)).isEmpty();
    assertThat(CollectionAdminRequest.listCollections(client()))
        .noneMatch(name -> name.startsWith("refused"));
    assertThat(push(small(), "refused", "--repository", "tapes").ends(2).messages())
        .contains("--repository is of use with --shards-from only");
    assertThat(install(small(), "refused", folder, "--songs-into", "x").ends(2).messages())
        .contains("--shards-from and --songs-into exclude each other");
  }

  @Test
  void aSchemaThatIsNotOursIsRefused() throws Exception {
    Path conf = Files.createDirectories(shared().resolve("conf-other"));
    try (CatalogueIndex index = CatalogueIndex.open(small().resolve("index"))) {
      new Configset(
              index.metadata().imageSpace(),
              index.metadata().centering(),
              index.metadata().graphSpace(),
              index.metadata().textSpace(),
              Configset.NO_ENCODER,
              "")
          .writeTo(conf);
    }
    cluster().uploadConfigSet(conf, "ours");
    Path schema = conf.resolve("managed-schema.xml");
    Files.writeString(
        schema,
        Files.readString(schema)
            .replace(
                "<field name=\"song_year\" type=\"pint\" indexed=\"true\"",
                "<field name=\"song_year\" type=\"plong\" indexed=\"false\"")
            .replace(
                "<field name=\"song_first_line\"",
                "<field name=\"song_first_line\" termVectors=\"true\"")
            .replace(
                "<dynamicField name=\"attribute_*\" type=\"string\"",
                "<dynamicField name=\"attribute_*\" type=\"string\" docValues=\"false\"")
            .replace(
                "<field name=\"song_lyrics_text\"",
                "<copyField source=\"song_art*\" dest=\"song_lyrics_text\"/>"
                    + "<field name=\"song_lyrics_text\"")
            .replace(
                "<field name=\"picture_problem\"",
                "<field name=\"_root_\" type=\"string\"/>" + "<field name=\"picture_problem\""));
    cluster().uploadConfigSet(conf, "theirs");
    install(small(), "ours", folder("ours"), "--configset", "ours").ends(0);
    assertThat(
            install(small(), "theirs", folder("theirs"), "--configset", "theirs")
                .ends(1)
                .messages()
                .replaceFirst("theirs_[0-9a-f]{12}", "NAME"))
        .isEqualTo(
            "seesong: the schema of collection 'NAME' is not Seesong's, and files for it would not"
                + " be what Solr writes: {_root_=filled by Solr or required,"
                + " attribute_mood={docValues=false}, song_art*=copied to song_lyrics_text,"
                + " song_first_line={termVectors=true}, song_year={class=LongPointField}}; push"
                + " without --shards-from, or take the fields from the managed-schema.xml of"
                + " Seesong's plugin");
    assertThat(CollectionAdminRequest.listCollections(client()))
        .noneMatch(name -> name.startsWith("theirs"));
  }

  @Test
  void filesAreNotInstalledWhereReadersAre() throws Exception {
    Path folder = folder("live");
    push(small(), "live").ends(0);
    client().deleteById("live", "song:s001");
    client().commit("live");
    assertThat(
            install(small(), "live", folder)
                .ends(1)
                .messages()
                .replaceAll("live_[0-9a-f]{12}", "NAME"))
        .contains(
            "collection 'NAME', which lacks documents of the catalogue, is what the alias 'live'"
                + " stands for, and files replace all that is in it; push without --shards-from to"
                + " add what is missing");
    assertThat(count("live", "*:*")).isEqualTo(SONGS + PICTURES - 1);
    assertThat(in(folder)).isEmpty();
    push(small(), "live").ends(0);
    assertThat(install(small(), "live", folder).ends(0).json().get(0).get("present").asInt())
        .isEqualTo(SONGS + PICTURES);
  }

  @Test
  void twoPushesDoNotWriteTheSameFiles() throws Exception {
    Path folder = folder("both");
    stopAt("writing", "both", folder);
    Path part = in(in(folder).get(0)).get(0);
    assertThat(part.getFileName().toString()).endsWith(".part");
    try (Directory files = FSDirectory.open(part);
        Lock other = files.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
      other.ensureValid();
      assertThat(install(large(), "both", folder, "--shards", 2).ends(1).messages())
          .contains(
              "another push writes the files of this catalogue into "
                  + part
                  + " just now; wait for it to end and push again");
    }
    install(large(), "both", folder, "--shards", 2).ends(0);
  }
}
