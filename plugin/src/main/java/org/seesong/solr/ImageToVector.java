package org.seesong.solr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.processor.DistributedUpdateProcessor.DistribPhase;
import org.apache.solr.update.processor.DistributingUpdateProcessorFactory;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.seesong.image.ImageDecoder;
import org.seesong.vector.FloatVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the pictures of one request's documents into vectors. */
final class ImageToVector extends UpdateRequestProcessor {
  private static final Logger LOG = LoggerFactory.getLogger(ImageToVector.class);

  /** Where the response's header lists documents that were left out. */
  static final String SKIPPED = "skippedPictures";

  private static final int MAX_SKIPPED_TOLD = 100;

  private final PictureSource source;
  private final Rules rules;
  private final Optional<NodeEncoder> encoder;
  private final ImageDecoder decoder;
  private final SolrQueryRequest request;
  private final SolrQueryResponse response;
  private final List<String> skipped = new ArrayList<>();

  /** What becomes of a document whose picture cannot be read. */
  enum OnError {
    FAIL,
    SKIP,
    FLAG
  }

  /**
   * What to do with documents.
   *
   * @param vector the field that gets the vector
   * @param onError what becomes of a document whose picture cannot be read
   * @param flag the field that says why
   * @param keepBytes whether the picture stays in the document
   * @param collection the only collection that takes pictures, "" if all do
   */
  record Rules(String vector, OnError onError, String flag, boolean keepBytes, String collection) {}

  ImageToVector(
      PictureSource source,
      Rules rules,
      Optional<NodeEncoder> encoder,
      ImageDecoder decoder,
      SolrQueryRequest request,
      SolrQueryResponse response,
      UpdateRequestProcessor next) {
    super(next);
    this.source = source;
    this.rules = rules;
    this.encoder = encoder;
    this.decoder = decoder;
    this.request = request;
    this.response = response;
  }

  @Override
  public void processAdd(AddUpdateCommand command) throws IOException {
    SolrInputDocument document = command.getSolrInputDocument();
    boolean hasPicture =
        document.containsKey(source.bytes())
            || (!source.file().isEmpty() && document.containsKey(source.file()));
    if (!hasPicture || (document.containsKey(rules.vector()) && isPassedOn())) {
      super.processAdd(command);
      return;
    }
    if (isPassedOn()) {
      throw new SolrException(
          ErrorCode.SERVER_ERROR,
          "ImageToVectorUpdateProcessorFactory must stand before"
              + " DistributedUpdateProcessorFactory in its chain, or every replica encodes");
    }
    if (isElsewhere()) {
      throw new StatusException(
          ErrorCode.BAD_REQUEST.code,
          name(command)
              + ": searches look for pictures in collection '"
              + rules.collection()
              + "' and not here; send it there");
    }
    try {
      document.setField(rules.vector(), vector(document));
    } catch (SolrException e) {
      if (e.code() >= ErrorCode.SERVER_ERROR.code || rules.onError() == OnError.FAIL) {
        throw new StatusException(e.code(), name(command) + ": " + e.getMessage());
      }
      LOG.warn("{}: {}", name(command), e.getMessage());
      if (rules.onError() == OnError.SKIP) {
        skip(name(command));
        return;
      }
      document.removeField(rules.vector());
      document.setField(rules.flag(), e.getMessage());
    }
    if (!rules.keepBytes()) {
      document.removeField(source.bytes());
    }
    super.processAdd(command);
  }

  /** Whether pictures belong into another collection than the one that is asked. */
  private boolean isElsewhere() {
    if (rules.collection().isEmpty()) {
      return false;
    }
    SolrCore core = request.getCore();
    String name = core.getCoreDescriptor().getCollectionName();
    if (name == null) {
      return !rules.collection().equals(core.getName());
    }
    return !core.getCoreContainer()
        .getZkController()
        .getZkStateReader()
        .getAliases()
        .resolveAliases(rules.collection())
        .contains(name);
  }

  /** Whether another node has had this document before us. */
  private boolean isPassedOn() {
    String phase = request.getParams().get(DistributingUpdateProcessorFactory.DISTRIB_UPDATE_PARAM);
    return DistribPhase.parseParam(phase) != DistribPhase.NONE;
  }

  private static String name(AddUpdateCommand command) {
    return "document '" + command.getPrintableId() + "'";
  }

  private void skip(String name) {
    if (skipped.size() < MAX_SKIPPED_TOLD) {
      skipped.add(name);
    }
  }

  private List<Float> vector(SolrInputDocument document) throws IOException {
    if (document.containsKey(rules.vector())) {
      throw bad("has both a picture and '" + rules.vector() + "'; one of them is enough");
    }
    boolean hasBytes = document.containsKey(source.bytes());
    if (hasBytes && !source.file().isEmpty() && document.containsKey(source.file())) {
      throw bad("has both '" + source.bytes() + "' and '" + source.file() + "'; give one of them");
    }
    if (encoder.isEmpty()) {
      throw bad(
          "brings a picture, but this collection's encoder is 'none'; send '"
              + rules.vector()
              + "' instead");
    }
    Object value = single(document, hasBytes ? source.bytes() : source.file());
    FloatVector vector =
        encoder
            .get()
            .encode(() -> hasBytes ? source.fromValue(value) : source.fromFile(value), decoder);
    List<Float> numbers = new ArrayList<>(vector.dimension());
    VectorSpaceField field =
        Fields.vectors(
            request.getSchema(), rules.vector(), ShardSearch.collection(request.getCore()));
    for (float number : field.embedding(vector, encoder.get().space()).values()) {
      numbers.add(number);
    }
    return numbers;
  }

  private static Object single(SolrInputDocument document, String field) {
    Collection<Object> values = document.getFieldValues(field);
    if (values == null || values.size() != 1 || values.iterator().next() == null) {
      throw bad(
          "must have one picture in '"
              + field
              + "'; got: "
              + (values == null ? "none" : values.size()));
    }
    Object value = values.iterator().next();
    if (value instanceof Map) {
      throw bad(
          "is an atomic update of '"
              + field
              + "'; vectors of pictures are not stored, so send the whole document");
    }
    return value;
  }

  private static SolrException bad(String message) {
    return new SolrException(ErrorCode.BAD_REQUEST, message);
  }

  @Override
  public void finish() throws IOException {
    if (!skipped.isEmpty()) {
      response.getResponseHeader().add(SKIPPED, List.copyOf(skipped));
    }
    super.finish();
  }
}
