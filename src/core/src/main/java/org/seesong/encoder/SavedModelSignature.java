package org.seesong.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * One signature of a SavedModel, read from its description without starting TensorFlow.
 *
 * @param inputName the input pictures go to
 * @param outputName the output vectors come from
 * @param size side of the pictures
 */
record SavedModelSignature(String inputName, String outputName, int size) {
  static final String FILE = "saved_model.pb";
  static final String VARIABLES = "variables/variables.index";

  /**
   * Finds what the request asks for.
   *
   * @param folder a SavedModel folder
   * @param request names as the user gave them
   * @return the names and size, completed
   * @throws IOException naming what the model has, if it has not what is asked for
   */
  static SavedModelSignature resolve(Path folder, ImportRequest request) throws IOException {
    SignatureDef signature = signature(folder, request.signature());
    String of = "signature '" + request.signature() + "' of " + folder;
    if (signature.getInputsCount() != 1) {
      throw new ModelException(
          of + " must have one input, the pictures, but has: " + tensors(signature.getInputsMap()));
    }
    String input = choose("input", request.inputName(), signature.getInputsMap(), of);
    String output = choose("output", request.outputName(), signature.getOutputsMap(), of);
    requireFloat("input", input, signature.getInputsMap(), of);
    requireFloat("output", output, signature.getOutputsMap(), of);
    if (!request.classesOutput().isEmpty()) {
      choose("output", request.classesOutput(), signature.getOutputsMap(), of);
      requireFloat("output", request.classesOutput(), signature.getOutputsMap(), of);
    }
    int size = size(signature.getInputsOrThrow(input), request, of + ", input '" + input + "'");
    return new SavedModelSignature(input, output, size);
  }

  private static SignatureDef signature(Path folder, String name) throws IOException {
    SavedModel model;
    try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
      model = SavedModel.parseFrom(in);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new ModelException(folder.resolve(FILE) + " is damaged or no SavedModel", e);
    }
    for (MetaGraphDef graph : model.getMetaGraphsList()) {
      if (graph.getMetaInfoDef().getTagsList().contains("serve")) {
        Map<String, SignatureDef> signatures = graph.getSignatureDefMap();
        if (!signatures.containsKey(name)) {
          throw new ModelException(
              folder + " has no signature '" + name + "'; it has: " + names(signatures));
        }
        boolean hasVariables = !graph.getSaverDef().getRestoreOpName().isEmpty();
        if (hasVariables && !Files.isRegularFile(folder.resolve(VARIABLES))) {
          throw new ModelException(
              folder + " is not a TensorFlow SavedModel folder: missing " + VARIABLES);
        }
        return signatures.get(name);
      }
    }
    throw new ModelException(folder + " has no graph tagged 'serve'");
  }

  private static String choose(
      String kind, String wanted, Map<String, TensorInfo> tensors, String of)
      throws ModelException {
    if (wanted.isEmpty() && tensors.size() == 1) {
      return tensors.keySet().iterator().next();
    }
    if (!tensors.containsKey(wanted)) {
      throw new ModelException(
          of
              + (wanted.isEmpty()
                  ? " has several " + kind + "s"
                  : " has no " + kind + " '" + wanted + "'")
              + "; choose one of: "
              + tensors(tensors));
    }
    return wanted;
  }

  private static void requireFloat(
      String kind, String name, Map<String, TensorInfo> tensors, String of) throws ModelException {
    if (tensors.get(name).getDtype() != DataType.DT_FLOAT) {
      throw new ModelException(of + ": " + kind + " must be float32; it has " + tensors(tensors));
    }
  }

  private static int size(TensorInfo input, ImportRequest request, String of)
      throws ModelException {
    TensorShapeProto shape = input.getTensorShape();
    if (shape.getUnknownRank() && request.size() > 0) {
      return request.size();
    }
    List<Long> dims = shape.getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    if (dims.size() != 4 || (dims.get(3) != 3 && dims.get(3) != -1)) {
      throw new ModelException(of + " must have the shape [N, height, width, 3], but has " + dims);
    }
    long size = request.size() > 0 ? request.size() : dims.get(1);
    for (int axis = 1; axis <= 2; axis++) {
      long stated = dims.get(axis);
      if (size < 1 || (stated != -1 && stated != size)) {
        throw new ModelException(
            of + " has the shape " + dims + ", which does not fit size " + request.size());
      }
    }
    return Math.toIntExact(size);
  }

  private static String names(Map<String, ?> map) {
    return map.keySet().stream()
        // TensorFlow's own begin so.
        .filter(name -> !name.startsWith("__"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String tensors(Map<String, TensorInfo> tensors) {
    return new TreeSet<>(tensors.keySet())
        .stream()
            .map(
                name -> {
                  TensorInfo info = tensors.get(name);
                  return name
                      + " "
                      + info.getDtype().name().replace("DT_", "")
                      + info.getTensorShape().getDimList().stream()
                          .map(TensorShapeProto.Dim::getSize)
                          .toList();
                })
            .collect(Collectors.joining(", "));
  }
}
