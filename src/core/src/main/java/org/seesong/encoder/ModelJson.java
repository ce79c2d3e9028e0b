package org.seesong.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.seesong.io.Digests;

/**
 * Reads and writes {@code model.json}: a {@link ModelDescription}, and the SHA-256 of its JSON
 * without spaces.
 */
final class ModelJson {
  static final String FILE = "model.json";

  private static final String DIGEST = "sha256";

  static final long MAX_BYTES = 1 << 20;
  static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private ModelJson() {}

  static ModelDescription read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(FILE + " is missing");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(FILE + " is larger than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode stored = MAPPER.readTree(Files.readAllBytes(file));
      if (stored instanceof ObjectNode object) {
        verify(object);
        upgrade(object);
      }
      return MAPPER.treeToValue(stored, ModelDescription.class);
    } catch (JsonProcessingException e) {
      boolean refused = e.getCause() instanceof IllegalArgumentException;
      String why = refused ? e.getCause().getMessage() : e.getOriginalMessage();
      throw new IOException(FILE + " is not readable (" + why + ")", e);
    }
  }

  /** Versions up to 4 had no digest. */
  private static void verify(ObjectNode object) throws IOException {
    if (object.path("formatVersion").asInt() == ModelDescription.FORMAT_VERSION) {
      JsonNode digest = object.remove(DIGEST);
      if (digest == null || !digest.asText().equals(digest(object))) {
        throw new IOException(FILE + " is not as it was written");
      }
    }
  }

  private static String digest(ObjectNode object) {
    return Digests.sha256(object.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The first version knew TensorFlow only, the second no classes, the third one layout, the fourth
   * no digest.
   */
  private static void upgrade(ObjectNode object) {
    if (object.path("formatVersion").asInt() == 1) {
      object.put("formatVersion", 2).put("engine", Engine.TENSORFLOW.name()).put("weights", "");
    }
    if (object.path("formatVersion").asInt() == 2) {
      object.put("formatVersion", 3).put("classesOutput", "").putArray("classNames");
    }
    if (object.path("formatVersion").asInt() == 3) {
      object
          .put("formatVersion", 4)
          .put("layout", PixelLayout.NHWC.name())
          .put("precision", Precision.FLOAT32.name())
          .put("batchInvariant", false);
    }
    if (object.path("formatVersion").asInt() == 4) {
      object.put("formatVersion", 5);
    }
  }

  static byte[] write(ModelDescription description) throws IOException {
    ObjectNode object = MAPPER.valueToTree(description);
    object.put(DIGEST, digest(object));
    return MAPPER.writeValueAsBytes(object);
  }
}
