package org.seesong.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
  @TempDir Path folder;

  /** Takes a lock, says whether it could, and waits to be killed. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws Exception {
      boolean ours = ProcessLock.obtain(Path.of(arguments[0]), Duration.ZERO).isPresent();
      System.out.println(ours ? "held" : "refused");
      new CountDownLatch(1).await();
    }
  }

  private static String holder(long process) {
    return "process " + process + " on \\S.* since 20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?Z";
  }

  private static Process start(Path file) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Other.class.getName(),
            file.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void oneHasItAndOthersAreToldWho() throws Exception {
    Path file = folder.resolve("x.lock");
    assertThat(ProcessLock.holder(file)).isEqualTo("another process");
    ProcessLock lock = ProcessLock.obtain(file, Duration.ZERO).orElseThrow();
    assertThat(ProcessLock.obtain(file, Duration.ZERO)).isEmpty();
    // That this process asked again must not give the lock to another one.
    Process other = start(file);
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("refused");
    } finally {
      other.destroyForcibly();
    }
    assertThat(ProcessLock.holder(file)).matches(holder(ProcessHandle.current().pid()));
    lock.close();
    assertThat(folder.resolve("x.lock.holder")).doesNotExist();
    ProcessLock.obtain(file, Duration.ZERO).orElseThrow().close();
  }

  @Test
  void whatAKilledProcessHeldIsFree() throws Exception {
    Path file = folder.resolve("x.lock");
    Process other = start(file);
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThat(ProcessLock.obtain(file, Duration.ZERO)).isEmpty();
      assertThat(ProcessLock.holder(file)).matches(holder(other.pid()));
    } finally {
      other.destroyForcibly();
    }
    other.waitFor();
    try (ProcessLock lock = ProcessLock.obtain(file, Duration.ofSeconds(60)).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(ProcessLock.holder(file)).matches(holder(ProcessHandle.current().pid()));
    }
  }

  @Test
  void noFolderIsMade() {
    Path file = folder.resolve("no/x.lock");
    assertThatThrownBy(() -> ProcessLock.obtain(file, Duration.ZERO))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(Files.exists(folder.resolve("no"))).isFalse();
  }
}
