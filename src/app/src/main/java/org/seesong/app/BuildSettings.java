package org.seesong.app;

import java.nio.file.Path;
import org.seesong.build.ClassKeywordsOption;
import org.seesong.embedding.EmbeddingOptions;
import org.seesong.index.VectorFormat;
import org.seesong.label.LabelPropagationOptions;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of a build that have defaults. */
final class BuildSettings {
  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      description = {
        "What turns pictures into vectors: 'descriptor' (built in: colour and texture), an imported"
            + " model, see 'seesong model list', NAME:unit for its vectors at length 1, which find"
            + " better pictures, or 'auto': the network that is installed, at length 1 (of several"
            + " the first of vgg19, vgg19-int8, mobilenet_v2, mobilenet_v2-int8), else descriptor"
            + " (default: auto; where that is not the encoder of the index that is there, the build"
            + " stops)."
      })
  String encoder;

  @Option(
      names = "--centering",
      paramLabel = "mean|none",
      description = {
        "What is taken off pictures' vectors before they get length 1: mean, that of all pictures,"
            + " or none, which leaves them as the encoder gives them (default: mean; paper: none)."
      })
  String centering;

  @Option(
      names = "--keywords",
      paramLabel = "N|FILE",
      defaultValue = "72",
      description = {
        "How many frequent keywords to choose from titles and lyrics, or a file with one a line, or"
            + " a CSV with the columns keyword and gloss, a few words on what its pictures show"
            + " (default: ${DEFAULT-VALUE}). Keywords of pictures are always added."
      })
  String keywords;

  @Option(
      names = "--class-keywords",
      paramLabel = "auto|on|off",
      defaultValue = "auto",
      description = {
        "Whether pictures without a label get keywords from the classes that the encoder's network"
            + " tells apart (see 'model import --labels'): on, off, or auto, where no picture of"
            + " the catalogue has a label (default: ${DEFAULT-VALUE})."
      })
  ClassKeywordsOption classKeywords;

  @Option(
      names = "--segmenter",
      paramLabel = "NAME",
      defaultValue = "jieba",
      description = "How lyrics are cut into words: jieba, smartcn or unicode (default: jieba).")
  String segmenter;

  @Option(
      names = "--lyrics-cleaning",
      paramLabel = "on|off",
      defaultValue = "on",
      description = {
        "Whether time tags, credits, HTML, section marks, stage directions and placeholders in"
            + " lyrics are told from sung words: on or off (default: ${DEFAULT-VALUE}). 'add' and"
            + " 'evaluate' do as the build did."
      })
  String lyricsCleaning;

  @Option(
      names = "--user-dictionary",
      paramLabel = "FILE",
      description = "Further words for the segmenter, one a line.")
  Path userDictionary;

  @Option(
      names = "--stop-words",
      paramLabel = "FILE",
      description = "Further words that are never keywords, one a line.")
  Path stopWords;

  @Option(
      names = "--script-overrides",
      paramLabel = "FILE",
      description = "Corrections to folding traditional into simplified script, 'from=to' a line.")
  Path scriptOverrides;

  @Option(
      names = "--weighting",
      paramLabel = "NAME",
      description = {
        "How keywords are weighed in a song: relevance, as people grade songs, tfidf or bm25"
            + " (default: relevance; paper: tfidf)."
      })
  String weighting;

  @Option(
      names = "--text-encoder",
      paramLabel = "NAME",
      description = {
        "What tells the meaning of lines of lyrics: bge-small-zh-v1.5 (Chinese), e5-small-v2"
            + " (English), the name of an imported one (seesong model import --text), none, or auto"
            + " for the one of most songs' script (default: auto; paper: none). Without one,"
            + " keywords are weighed by counts alone and 'search --words' does not work."
      })
  String textEncoder;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "default",
      description = {
        "Where the options of pictures' keywords and of the embedding begin: default, or paper for"
            + " the paper's way: VGG-19's vectors as they are, labels alone, line2, and what its"
            + " laboratory uses"
            + " (default: ${DEFAULT-VALUE}). Search such an index with --preset paper too."
      })
  String preset;

  @Option(
      names = "--label-neighbors",
      paramLabel = "N",
      description = {
        "Nearest labelled pictures that vote for a picture's keywords, 0 to 1000; 0: labels alone"
            + " (default: "
            + LabelPropagationOptions.DEFAULT_NEIGHBOURS
            + "; paper: 0)."
      })
  Integer labelNeighbors;

  @Option(
      names = "--own-label-weight",
      paramLabel = "PART",
      defaultValue = "" + LabelPropagationOptions.DEFAULT_OWN_LABEL,
      description = {
        "Weight of a picture's own label against very near neighbours, 0 to 1"
            + " (default: ${DEFAULT-VALUE})."
      })
  double ownLabelWeight;

  @Option(
      names = "--embedding",
      paramLabel = "NAME",
      description = {
        "How the graph embedding is learned: line2, line1 or closed-form, a closed form without"
            + " samples, negatives or a seed (default: closed-form; paper: line2)."
      })
  String method;

  @Option(
      names = "--label-classifier-weight",
      paramLabel = "X",
      defaultValue = "" + LabelPropagationOptions.DEFAULT_CLASSIFIER_WEIGHT,
      description = {
        "Weight of the label classifier against neighbour voting, 0 to 1"
            + " (default: ${DEFAULT-VALUE})."
      })
  double labelClassifierWeight;

  @Option(
      names = "--vectors",
      paramLabel = "ivf|lucene",
      defaultValue = "ivf",
      description = {
        "How the index keeps vectors: ivf, quantised and clustered in Seesong's own format, or"
            + " lucene, a graph that any Lucene reads, slower to write and to search"
            + " (default: ${DEFAULT-VALUE})."
      })
  VectorFormat vectors;

  @ArgGroup(validate = false)
  final EmbeddingSettings embedding = new EmbeddingSettings();

  @Option(
      names = "--max-title-share",
      paramLabel = "SHARE",
      defaultValue = "0.0015",
      description = {
        "Parts of Chinese titles that more than this share of songs and more than 50 have in common"
            + " may name a tune and are not read, 0 to 1; 1 reads all (default:"
            + " ${DEFAULT-VALUE})."
      })
  double maxTitleShare;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Threads for decoding and learning (default: the number of processors)."
            + " With 1 the same seed gives the same bits; with more, the same quality."
      })
  int threads;

  /** The settings of a command line that names none. */
  static BuildSettings defaults() {
    BuildSettings settings = new BuildSettings();
    new CommandLine(CommandSpec.forAnnotatedObject(settings))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs();
    return settings;
  }

  LabelPropagationOptions labels() {
    if (labelNeighbors == null && isPaper()) {
      return LabelPropagationOptions.LABELS_ONLY;
    }
    int neighbours =
        labelNeighbors == null ? LabelPropagationOptions.DEFAULT_NEIGHBOURS : labelNeighbors;
    return new LabelPropagationOptions(neighbours, ownLabelWeight, labelClassifierWeight);
  }

  /** How the graph embedding is learned. */
  EmbeddingOptions embedding() {
    return embedding(method);
  }

  /** How the graph embedding is learned by a method; null for the preset's. */
  EmbeddingOptions embedding(String name) {
    if (!isPaper()) {
      return embedding.options(name, threads());
    }
    if (embedding.preset != null && !embedding.preset.equals(EmbeddingSettings.PAPER)) {
      throw new IllegalArgumentException(
          "--preset paper and --embedding-preset "
              + embedding.preset
              + " contradict each other; leave one of them away");
    }
    return embedding.options(EmbeddingSettings.PAPER, name, threads());
  }

  /** The encoder that is given, else {@link EncoderChoice#AUTO}. */
  String encoder() {
    return encoder == null ? EncoderChoice.AUTO : encoder;
  }

  /** Whether the pictures' mean is taken off their vectors. */
  boolean centered() {
    String wanted = centering == null ? isPaper() ? "none" : "mean" : centering;
    return switch (wanted) {
      case "mean" -> true;
      case "none" -> false;
      default ->
          throw new IllegalArgumentException(
              "--centering must be mean or none; got: '" + wanted + "'");
    };
  }

  /** Whether everything is to be the paper's way. */
  boolean isPaper() {
    return switch (preset) {
      case "default" -> false;
      case "paper" -> true;
      default ->
          throw new IllegalArgumentException(
              "--preset must be default or paper; got: '" + preset + "'");
    };
  }

  int threads() {
    if (threads < 0) {
      throw new IllegalArgumentException(
          "--threads must be at least 1, or 0 for the number of processors; got: " + threads);
    }
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }
}
