package org.seesong.encoder;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the engine and loads models, both with our own class loader as the thread's: engine and
 * native code are looked up through it, and in a container it would be somebody else's.
 */
final class TensorFlow {
  private static final Logger LOGGER = LoggerFactory.getLogger(TensorFlow.class);

  private static final String OPT_OUT = "OPT_OUT_TRACKING";

  private static final String ONE_DNN = "TF_ENABLE_ONEDNN_OPTS";

  /** What DJL's engine takes the threads of a call from, once, when it starts. */
  private static final String THREADS = "ai.djl.tensorflow.num_intraop_threads";

  private TensorFlow() {}

  /** Work that may touch the engine. */
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T withOwnClassLoader(Work<T> work) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(TensorFlow.class.getClassLoader());
    try {
      return work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  static Model load(String name, Path savedModel, String signature) throws IOException {
    return withOwnClassLoader(() -> loadHere(name, savedModel, signature));
  }

  private static Model loadHere(String name, Path savedModel, String signature) throws IOException {
    prepare();
    Model model = start(name);
    try {
      model.load(savedModel, SavedModelSignature.FILE, Map.of("SignatureDefKey", signature));
      return model;
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new EncoderException("TensorFlow does not load " + savedModel + ": " + e, e);
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  /** Before any start, also one that asks for the version only: what is set later has no effect. */
  private static void prepare() {
    if (System.getenv(OPT_OUT) == null && System.getProperty(OPT_OUT) == null) {
      // Else DJL reports its start to its makers on some cloud machines.
      System.setProperty(OPT_OUT, "true");
    }
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, "1");
    }
    turnOneDnnOn();
  }

  /**
   * Without AVX-512, TensorFlow leaves oneDNN off unless its environment asks for it when it
   * starts, and its own kernels give other bits in batches of other sizes.
   */
  private static void turnOneDnnOn() {
    if (System.getenv(ONE_DNN) != null) {
      return;
    }
    try {
      NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {ONE_DNN, "1", 0});
    } catch (LinkageError | RuntimeException e) {
      LOGGER.warn(
          "{} cannot be set to 1, so a picture's vector can differ in its last bits by what is"
              + " encoded with it: {}",
          ONE_DNN,
          e.toString());
    }
  }

  /** Loads the native code and gives its version. */
  static String start() {
    try {
      return withOwnClassLoader(
          () -> {
            prepare();
            return ai.djl.engine.Engine.getEngine("TensorFlow").getVersion();
          });
    } catch (LinkageError | EngineException | IllegalArgumentException e) {
      throw Engine.TENSORFLOW.doesNotStart(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read here
    }
  }

  /** Where JavaCPP unpacks the native code of a platform once for all later starts. */
  static Path unpacked(String platform) {
    String folder = System.getProperty("org.bytedeco.javacpp.cachedir");
    Path cache =
        folder != null
            ? Path.of(folder)
            : Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    return cache.resolve("tensorflow-core-native-1.0.0-" + platform + ".jar");
  }

  private static Model start(String name) {
    try {
      return Model.newInstance(name, Device.cpu(), "TensorFlow");
    } catch (LinkageError | EngineException e) {
      throw Engine.TENSORFLOW.doesNotStart(e);
    }
  }
}
