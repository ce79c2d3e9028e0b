package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What pushes by files have in common. */
abstract class BaseShardsTestCase extends BasePushTestCase {
  BaseShardsTestCase(int nodes) {
    super(nodes);
  }

  /** A folder for files of shards. */
  final Path folder(String name) throws Exception {
    return Files.createDirectories(shared().resolve("files-" + name));
  }

  final CommandRun install(Path catalogue, String name, Path folder, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("--shards-from", folder));
    arguments.addAll(List.of(more));
    return push(catalogue, name, arguments.toArray());
  }

  static final List<Path> in(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** Pushes two shards by files until a message begins like this. */
  final void stopAt(String message, String alias, Path folder) {
    assertThatThrownBy(
            () ->
                PausingPush.runShards(
                    large().resolve("index"),
                    solr(),
                    alias,
                    folder,
                    line -> {
                      if (line.startsWith(message)) {
                        throw new IllegalStateException(line);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
