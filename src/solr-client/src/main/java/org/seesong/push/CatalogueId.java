package org.seesong.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.SegmentInfos;
import org.seesong.index.CatalogueIndex;
import org.seesong.io.Digests;

/**
 * Names one state of one index, in one collection or two, in twelve hexadecimal digits. It is part
 * of the names of the collections that a push makes: so a push that is run again finds what it
 * left, and two states of a catalogue, or two layouts of one, never mix in one collection.
 */
final class CatalogueId {
  private static final int DIGITS = 12;

  private CatalogueId() {}

  static String of(CatalogueIndex index, boolean twoCollections) throws IOException {
    IndexCommit commit = index.reader().getIndexCommit();
    SegmentInfos infos =
        SegmentInfos.readCommit(commit.getDirectory(), commit.getSegmentsFileName());
    MessageDigest digest = Digests.sha256();
    // Lucene gives every commit an id of its own.
    digest.update(infos.getId());
    index
        .metadata()
        .toUserData()
        .forEach(
            (name, value) ->
                digest.update((name + '=' + value + '\n').getBytes(StandardCharsets.UTF_8)));
    if (twoCollections) {
      digest.update("two collections".getBytes(StandardCharsets.UTF_8));
    }
    return Digests.hex(digest).substring(0, DIGITS);
  }
}
