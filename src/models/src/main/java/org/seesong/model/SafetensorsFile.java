package org.seesong.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the header of a safetensors file: eight bytes with the header's length (little-endian),
 * then the header in JSON, which maps a tensor's name to its {@code dtype}, its {@code shape} and
 * the range of its bytes ({@code data_offsets}) in the rest of the file.
 */
final class SafetensorsFile {
  /** A thousand times what VGG-19 needs. */
  private static final int LONGEST_HEADER = 4 << 20;

  private static final int DEEPEST = 8;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(40)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final long dataStart;

  private SafetensorsFile(Path file, long dataStart) {
    this.file = file;
    this.dataStart = dataStart;
  }

  /** All tensors of floating-point numbers by name, in the file's order. */
  static Map<String, Tensor> read(Path file) throws IOException {
    Optional<FileKind> other = FileKind.of(file);
    if (other.isPresent()) {
      throw new WeightsException(
          file, "is not a safetensors file but " + other.get().description());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw new WeightsException(file, "is not a safetensors file" + FileKind.startOf(file));
      }
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      Region.readFully(channel, length, 0);
      long header = length.getLong(0);
      if (header < 2 || header > LONGEST_HEADER) {
        throw new WeightsException(
            file,
            "is not a safetensors file: its header would have "
                + Long.toUnsignedString(header)
                + " bytes (at most "
                + LONGEST_HEADER
                + ")");
      }
      if (header > size - Long.BYTES) {
        throw new WeightsException(
            file, "is cut short: its header has " + header + " bytes, the whole file only " + size);
      }
      ByteBuffer json = ByteBuffer.allocate((int) header);
      Region.readFully(channel, json, Long.BYTES);
      return new SafetensorsFile(file, Long.BYTES + header).tensors(json.array());
    }
  }

  private Map<String, Tensor> tensors(byte[] json) throws WeightsException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header(json).properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensor(entry.getKey(), entry.getValue())
            .ifPresent(tensor -> tensors.put(tensor.name(), tensor));
      }
    }
    return tensors;
  }

  private JsonNode header(byte[] json) throws WeightsException {
    try {
      JsonNode root = JSON.readTree(json);
      if (root.isObject()) {
        return root;
      }
      throw new WeightsException(file, "is not a safetensors file: its header is not an object");
    } catch (JsonProcessingException e) {
      throw new WeightsException(
          file, "is not a safetensors file: its header is not JSON: " + e.getOriginalMessage(), e);
    } catch (WeightsException e) {
      throw e;
    } catch (IOException e) {
      throw new WeightsException(file, "is not a safetensors file: its header is not text", e);
    }
  }

  /** Nothing if it is neither a weight nor made of floating-point numbers. */
  private Optional<Tensor> tensor(String name, JsonNode entry) throws WeightsException {
    Optional<FloatFormat> format = format(entry.path("dtype").asText());
    if (format.isEmpty()) {
      if (name.endsWith(".weight") || name.endsWith(".bias")) {
        throw new WeightsException(
            file,
            "tensor '"
                + name
                + "' is of type "
                + entry.path("dtype")
                + "; we read "
                + List.of(FloatFormat.values()));
      }
      return Optional.empty();
    }
    List<Long> shape = naturals(name, "shape", entry.path("shape"));
    List<Long> offsets = naturals(name, "data_offsets", entry.path("data_offsets"));
    try {
      long count = shape.stream().reduce(1L, Math::multiplyExact);
      if (offsets.size() == 2
          && offsets.get(1) - offsets.get(0)
              == Math.multiplyExact(count, (long) format.get().bytes())) {
        long start = Math.addExact(dataStart, offsets.get(0));
        Region region = new Region(start, count, format.get(), ByteOrder.LITTLE_ENDIAN);
        return Optional.of(new Tensor(name, shape, region));
      }
    } catch (ArithmeticException e) {
      // Numbers beyond 2^63 bytes match no offsets either.
    }
    throw new WeightsException(
        file,
        "tensor '"
            + name
            + "' has shape "
            + shape
            + " of "
            + format.get()
            + ", but its"
            + " data_offsets are "
            + offsets);
  }

  private List<Long> naturals(String name, String field, JsonNode values) throws WeightsException {
    List<Long> naturals = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
        naturals.add(value.longValue());
      }
    }
    if (!values.isArray() || naturals.size() != values.size()) {
      throw new WeightsException(
          file, "tensor '" + name + "' has a " + field + " that is not a list of numbers");
    }
    return naturals;
  }

  private static Optional<FloatFormat> format(String dtype) {
    return Arrays.stream(FloatFormat.values())
        .filter(format -> format.name().equals(dtype))
        .findFirst();
  }
}
