package org.seesong.solr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.schema.FieldType;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;
import org.apache.solr.util.plugin.SolrCoreAware;
import org.seesong.image.ImageDecoder;
import org.seesong.index.IndexLayout;
import org.seesong.vector.VectorSpace;

/**
 * Turns the picture in a document into the vector that is indexed. Stands before {@code
 * DistributedUpdateProcessorFactory}, so that each picture is encoded once, on the node that got
 * it, by the encoder that the node's other cores and queries use too.
 *
 * <table>
 * <caption>Arguments</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code encoder}</td><td>none</td><td>{@code descriptor}, a model in the node's
 * seesong.home, or {@code none}: documents must bring vectors</td></tr>
 * <tr><td>{@code source}</td><td>picture_bytes</td><td>field with the picture: bytes, or text in
 * base64</td></tr>
 * <tr><td>{@code file}</td><td></td><td>field with the name of a file below {@code
 * folder}</td></tr>
 * <tr><td>{@code folder}</td><td></td><td>the only folder that files are read from; must be among
 * Solr's allowPaths</td></tr>
 * <tr><td>{@code vector}</td><td>picture_vector</td><td>field of type {@link VectorSpaceField} that
 * gets the vector</td></tr>
 * <tr><td>{@code onError}</td><td>fail</td><td>what to do with a picture that cannot be read:
 * {@code fail} the request, {@code skip} the document, or index it without a vector and {@code
 * flag} it</td></tr>
 * <tr><td>{@code flag}</td><td>picture_problem</td><td>field that says what is wrong</td></tr>
 * <tr><td>{@code keepBytes}</td><td>false</td><td>whether {@code source} stays in the
 * document</td></tr>
 * <tr><td>{@code collection}</td><td></td><td>the only collection, or an alias of it, that takes
 * pictures, where searches look for them; all do if it is empty</td></tr>
 * <tr><td>{@code maxBytes}, {@code maxPixels}</td><td>20000000, 50000000</td><td>largest
 * picture</td></tr>
 * </table>
 *
 * <p>The encoder's arguments are those of {@code /songs-by-image}. A busy or failing encoder is no
 * fault of the picture: the request fails with 503 or 500 whatever {@code onError} says, and the
 * client sends it again.
 */
public final class ImageToVectorUpdateProcessorFactory extends UpdateRequestProcessorFactory
    implements SolrCoreAware {
  private NamedList<?> args = new NamedList<>();
  private PictureSource source;
  private ImageToVector.Rules rules;
  private Optional<EncoderSettings> encoderSettings = Optional.empty();
  private ImageDecoder decoder;
  private NodeEncoder encoder;

  /** For Solr, which calls {@link #init} next. */
  public ImageToVectorUpdateProcessorFactory() {}

  @Override
  public void init(NamedList<?> arguments) {
    args = arguments;
    HandlerSettings settings = HandlerSettings.from(arguments);
    encoderSettings = settings.encoder();
    decoder = new ImageDecoder(settings.limits());
    source =
        PictureSource.of(
            text("source", "picture_bytes"),
            text("file", ""),
            text("folder", ""),
            settings.limits().maxBytes());
    rules =
        new ImageToVector.Rules(
            text("vector", IndexLayout.PICTURE_IMAGE_EMBEDDING),
            onError(text("onError", "fail")),
            text("flag", "picture_problem"),
            Boolean.parseBoolean(text("keepBytes", "false")),
            text("collection", ""));
  }

  private String text(String name, String otherwise) {
    return Objects.toString(args.get(name), otherwise).strip();
  }

  private static ImageToVector.OnError onError(String name) {
    for (ImageToVector.OnError known : ImageToVector.OnError.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
        return known;
      }
    }
    throw fault("onError must be fail, skip or flag; got: '" + name + "'");
  }

  @Override
  public void inform(SolrCore core) {
    source.folder().ifPresent(core.getCoreContainer()::assertPathAllowed);
    if (encoderSettings.isPresent()) {
      open(core, encoderSettings.get());
    }
  }

  private void open(SolrCore core, EncoderSettings settings) {
    NodeEncoders encoders = NodeEncoders.of(core.getCoreContainer());
    NodeEncoder opened;
    try {
      opened = encoders.acquire(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      requireSpace(core, opened.space());
    } catch (SolrException e) {
      encoders.release(settings);
      throw e;
    }
    core.addCloseHook(
        new CloseHook() {
          @Override
          public void postClose(SolrCore closed) {
            encoders.release(settings);
          }
        });
    encoder = opened;
  }

  private void requireSpace(SolrCore core, VectorSpace made) {
    FieldType type = core.getLatestSchema().getFieldType(rules.vector());
    if (!(type instanceof VectorSpaceField field)) {
      throw fault(
          "field '" + rules.vector() + "' must be of a type of class " + VectorSpaceField.class);
    }
    if (!field.encoderSpace().equals(made)) {
      throw fault(
          "field '"
              + rules.vector()
              + "' takes vectors of "
              + field.encoderSpace()
              + ", but encoder '"
              + args.get("encoder")
              + "' makes vectors of "
              + made);
    }
  }

  private static SolrException fault(String message) {
    return new SolrException(
        ErrorCode.SERVER_ERROR, "ImageToVectorUpdateProcessorFactory: " + message);
  }

  @Override
  public UpdateRequestProcessor getInstance(
      SolrQueryRequest request, SolrQueryResponse response, UpdateRequestProcessor next) {
    return new ImageToVector(
        source, rules, Optional.ofNullable(encoder), decoder, request, response, next);
  }
}
