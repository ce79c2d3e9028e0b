package org.seesong.push;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a push leaves the shards of a catalogue as files for Solr to copy.
 *
 * @param folder a folder that all nodes of Solr see under the same path
 * @param repository the backup repository of the nodes' {@code solr.xml} that reads it; "" for
 *     their default, which is the file system where none is configured
 */
public record ShardFiles(Path folder, String repository) {
  public ShardFiles {
    folder = folder.toAbsolutePath().normalize();
    Objects.requireNonNull(repository, "repository");
  }
}
