package org.seesong.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seesong.encoder.ImageEncoder;
import org.seesong.encoder.ModelHome;
import org.seesong.image.ImageDecoder;
import org.seesong.image.ImageException;
import org.seesong.image.ImageSize;
import org.seesong.image.RgbImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the vectors of pictures. */
@Command(
    name = "encode",
    description = "Prints the vectors of pictures, a line each.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seesong encode --encoder descriptor a.jpg b.png --json",
      "  seesong encode --encoder vgg19:unit - < photo.jpg"
    })
final class EncodeCommand implements Callable<Integer> {
  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      defaultValue = "descriptor",
      description = "Encoder to use, see 'seesong model list' (default: ${DEFAULT-VALUE}).")
  private String encoder;

  @Mixin private final PictureLimits limits = new PictureLimits();

  @Option(names = "--json", description = "Print an object a line, with all numbers.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "Files to encode; - is standard input.")
  private List<Path> pictures;

  private final Console console;

  EncodeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    ImageDecoder decoder = new ImageDecoder(limits.limits());
    StandardInput.requireOnce(pictures.stream().filter(StandardInput::isMeant).count());
    int rejected = 0;
    try (ImageEncoder open = ModelHome.fromEnvironment().open(encoder)) {
      UntrainedNotice.show(console, open.id());
      for (Path picture : pictures) {
        try {
          RgbImage image = decode(decoder, picture, ImageSize.square(open.inputSize()));
          float[] vector = open.encode(List.of(image));
          print(picture, open, vector);
        } catch (ImageException e) {
          console.log("seesong: " + e.getMessage());
          rejected++;
        }
      }
    }
    if (rejected == pictures.size()) {
      return Seesong.FAILED;
    }
    return rejected > 0 ? Seesong.REJECTED : Seesong.DONE;
  }

  private RgbImage decode(ImageDecoder decoder, Path picture, ImageSize size) throws IOException {
    return StandardInput.isMeant(picture)
        ? decoder
            .decode(StandardInput.picture(limits.limits()), StandardInput.TITLE, List.of(size))
            .get(0)
        : decoder.decode(picture, size);
  }

  private void print(Path picture, ImageEncoder open, float[] vector) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("picture", picture.toString());
      line.put("encoder", open.id());
      UntrainedNotice.mark(line, open.id());
      line.put("dimension", open.dimension());
      line.put("vector", vector);
      console.json(line);
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(picture).append(": ").append(open.id()).append(", ");
    text.append(open.dimension()).append(" numbers:");
    for (int i = 0; i < Math.min(6, vector.length); i++) {
      text.append(String.format(Locale.ROOT, " %.4f", vector[i]));
    }
    console.data(text.append(" ...").toString());
  }
}
