package org.seesong.model;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.VersionDef;

/**
 * Describes a VGG network to TensorFlow: the operations from a preprocessed picture to the last
 * fully-connected layer after ReLU, and how to restore the variables.
 *
 * <p>Signature {@value #SIGNATURE}: {@value #INPUT}, float32 (pictures, side, side, 3), to the last
 * layer's name, float32 (pictures, dimension), and of a network with classes to {@value
 * VggNetwork#CLASSES}, float32 (pictures, classes).
 */
final class VggGraph {
  static final String SIGNATURE = "serving_default";
  static final String INPUT = "image";

  /** What TensorFlow 2.16 writes; an older runtime refuses what is too new for it. */
  private static final int GRAPH_VERSION = 1766;

  private static final AttrValue FLOAT = AttrValue.newBuilder().setType(DataType.DT_FLOAT).build();
  private static final AttrValue INT = AttrValue.newBuilder().setType(DataType.DT_INT32).build();

  private static final String FILE_NAME = "save/file";
  private static final String RESTORE = "save/restore_all";

  private final VggNetwork network;
  private final GraphDef.Builder graph = GraphDef.newBuilder();

  private VggGraph(VggNetwork network) {
    this.network = network;
  }

  static SavedModel describe(VggNetwork network) {
    return new VggGraph(network).savedModel();
  }

  static String outputName(VggNetwork network) {
    return "fc" + network.dense().size();
  }

  static String kernelName(VggLayer layer) {
    return layer.name() + "/kernel";
  }

  static String biasName(VggLayer layer) {
    return layer.name() + "/bias";
  }

  private SavedModel savedModel() {
    operations();
    restoring();
    graph.setVersions(VersionDef.newBuilder().setProducer(GRAPH_VERSION).setMinConsumer(12));
    String output = outputName(network);
    SignatureDef.Builder signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs(INPUT, info(INPUT, inputShape()))
            .putOutputs(output, info(output + "/Relu", shape(-1, network.dimension())));
    if (network.classes() > 0) {
      String softmax = VggNetwork.CLASSES + "/Softmax";
      signature.putOutputs(VggNetwork.CLASSES, info(softmax, shape(-1, network.classes())));
    }
    MetaGraphDef.Builder meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags("serve")
                    .setTensorflowVersion("2.16.2")
                    .setStrippedDefaultAttrs(true))
            .setGraphDef(graph)
            .setSaverDef(
                SaverDef.newBuilder()
                    .setFilenameTensorName(FILE_NAME + ":0")
                    .setRestoreOpName(RESTORE)
                    .setVersion(SaverDef.CheckpointFormatVersion.V2))
            .putSignatureDef(SIGNATURE, signature.build());
    return SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
  }

  /** The network. */
  private void operations() {
    String last = INPUT;
    add("Placeholder", INPUT).putAttr("dtype", FLOAT).putAttr("shape", attr(inputShape()));
    int block = 0;
    for (VggLayer layer : network.layers()) {
      variable(kernelName(layer), shape(layer.kernelShape()));
      variable(biasName(layer), shape(layer.biasShape()));
      if (layer.isConvolution() && layer.name().endsWith("_conv1") && block++ > 0) {
        last = pool(block - 1, last);
      } else if (layer.name().equals("fc1")) {
        last = flatten(pool(block, last), Math.toIntExact(layer.fanIn()));
      }
      last = layer.isConvolution() ? convolution(layer, last) : product(layer, last);
      add("BiasAdd", layer.name() + "/BiasAdd", last, biasName(layer) + "/Read")
          .putAttr("T", FLOAT);
      String activation = layer.isClasses() ? "Softmax" : "Relu";
      last = layer.name() + "/" + activation;
      add(activation, last, layer.name() + "/BiasAdd").putAttr("T", FLOAT);
    }
  }

  private String convolution(VggLayer layer, String input) {
    String name = layer.name() + "/Conv2D";
    add("Conv2D", name, input, kernelName(layer) + "/Read")
        .putAttr("T", FLOAT)
        .putAttr("strides", ints(1, 1, 1, 1))
        .putAttr("padding", attr("SAME"))
        .putAttr("data_format", attr("NHWC"));
    return name;
  }

  private String product(VggLayer layer, String input) {
    String name = layer.name() + "/MatMul";
    add("MatMul", name, input, kernelName(layer) + "/Read").putAttr("T", FLOAT);
    return name;
  }

  private String pool(int block, String input) {
    String name = "block" + block + "_pool";
    add("MaxPool", name, input)
        .putAttr("T", FLOAT)
        .putAttr("ksize", ints(1, 2, 2, 1))
        .putAttr("strides", ints(1, 2, 2, 1))
        .putAttr("padding", attr("VALID"))
        .putAttr("data_format", attr("NHWC"));
    return name;
  }

  private String flatten(String input, int length) {
    add("Const", "flatten/shape")
        .putAttr("dtype", INT)
        .putAttr(
            "value",
            AttrValue.newBuilder()
                .setTensor(
                    TensorProto.newBuilder()
                        .setDtype(DataType.DT_INT32)
                        .setTensorShape(shape(2))
                        .addIntVal(-1)
                        .addIntVal(length))
                .build());
    add("Reshape", "flatten", input, "flatten/shape").putAttr("T", FLOAT).putAttr("Tshape", INT);
    return "flatten";
  }

  private void variable(String name, TensorShapeProto shape) {
    add("VarHandleOp", name)
        .putAttr("dtype", FLOAT)
        .putAttr("shape", attr(shape))
        .putAttr("shared_name", attr(name));
    add("ReadVariableOp", name + "/Read", name).putAttr("dtype", FLOAT);
  }

  /** One operation reads all variables of the bundle, one for each assigns it. */
  private void restoring() {
    List<String> names = new ArrayList<>();
    for (VggLayer layer : network.layers()) {
      names.add(kernelName(layer));
      names.add(biasName(layer));
    }
    strings(FILE_NAME, List.of("variables"), true);
    strings("save/names", names, false);
    strings("save/slices", names.stream().map(name -> "").toList(), false);
    AttrValue.ListValue.Builder types = AttrValue.ListValue.newBuilder();
    names.forEach(name -> types.addType(DataType.DT_FLOAT));
    add("RestoreV2", "save/restore", FILE_NAME, "save/names", "save/slices")
        .putAttr("dtypes", AttrValue.newBuilder().setList(types).build());
    List<String> done = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String assign = "save/assign_" + i;
      add("AssignVariableOp", assign, names.get(i), "save/restore:" + i).putAttr("dtype", FLOAT);
      done.add("^" + assign);
    }
    add("NoOp", RESTORE, done.toArray(String[]::new));
  }

  private void strings(String name, List<String> values, boolean scalar) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(scalar ? shape() : shape(values.size()));
    values.forEach(value -> tensor.addStringVal(ByteString.copyFromUtf8(value)));
    add("Const", name)
        .putAttr("dtype", AttrValue.newBuilder().setType(DataType.DT_STRING).build())
        .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
  }

  private NodeDef.Builder add(String operation, String name, String... inputs) {
    return graph.addNodeBuilder().setOp(operation).setName(name).addAllInput(List.of(inputs));
  }

  private TensorShapeProto inputShape() {
    return shape(-1, network.side(), network.side(), VggNetwork.CHANNELS);
  }

  private static TensorInfo info(String operation, TensorShapeProto shape) {
    return TensorInfo.newBuilder()
        .setName(operation + ":0")
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }

  private static TensorShapeProto shape(Integer... sizes) {
    return shape(List.of(sizes));
  }

  private static TensorShapeProto shape(List<Integer> sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    sizes.forEach(size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return shape.build();
  }

  private static AttrValue attr(TensorShapeProto shape) {
    return AttrValue.newBuilder().setShape(shape).build();
  }

  private static AttrValue attr(String text) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(text)).build();
  }

  private static AttrValue ints(long... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (long value : values) {
      list.addI(value);
    }
    return AttrValue.newBuilder().setList(list).build();
  }
}
