package org.seesong.push;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seesong.index.CatalogueIndex;
import org.seesong.index.IndexLayout;
import org.seesong.index.IndexMetadata;
import org.seesong.select.Confidence;
import org.seesong.solr.Configset;
import org.seesong.vector.VectorSpace;

/**
 * Brings a built catalogue into SolrCloud and lets readers have it once it is whole.
 *
 * <p>Every state of a catalogue gets collections of its own, named after the alias and the state's
 * id, and a configset that names its spaces. They are filled, committed, counted and compared; only
 * then the alias moves. So readers never see half a catalogue, and the earlier one stays to go back
 * to. A push that was stopped is run again: it asks Solr which documents are there, and sends the
 * others.
 */
public final class CataloguePush {
  private static final String ENCODER_OPTION = "encoder";

  private final CatalogueIndex index;
  private final PushOptions options;
  private final PushListener listener;
  private long songs;
  private long pictures;
  private long present;

  /**
   * Readies a push.
   *
   * @param index the catalogue; stays open until the push has ended
   * @param options how to push
   * @param listener hears how far it is
   */
  public CataloguePush(CatalogueIndex index, PushOptions options, PushListener listener) {
    this.index = index;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Pushes songs and pictures into collections of their own.
   *
   * @param target where to
   * @return what was done
   * @throws PushException if Solr cannot be reached, refuses, or holds something else than was sent
   * @throws IOException if the index cannot be read
   */
  public PushReport run(PushTarget target) throws IOException {
    return run(target, Optional.empty(), Optional.empty());
  }

  /**
   * Writes songs and pictures as Lucene files, a folder for each shard, and lets Solr copy them
   * into collections of their own.
   *
   * @param target where to
   * @param files where the files are written
   * @return what was done
   * @throws PushException if Solr cannot be reached, refuses, or holds something else than was
   *     written
   * @throws IOException if the index cannot be read or the files cannot be written
   */
  public PushReport run(PushTarget target, ShardFiles files) throws IOException {
    return run(target, Optional.empty(), Optional.of(files));
  }

  /**
   * Pushes pictures into a collection of their own, and the places of songs into a collection that
   * is there already.
   *
   * @param target where to
   * @param songs the collection that has the songs
   * @return what was done
   * @throws PushException if Solr cannot be reached, refuses, or holds something else than was
   *     sent, or if updates of one field would lose others
   * @throws IOException if the index cannot be read
   */
  public PushReport run(PushTarget target, SongsInto songs) throws IOException {
    return run(target, Optional.of(songs), Optional.empty());
  }

  private PushReport run(PushTarget target, Optional<SongsInto> into, Optional<ShardFiles> files)
      throws IOException {
    Generation generation =
        new Generation(
            options.alias(),
            CatalogueId.of(index, options.layout().twoCollections()),
            options.layout().twoCollections());
    try (SolrNodes nodes = SolrNodes.open(target, new Backoff(options.load().retries()))) {
      Cloud cloud = new Cloud(nodes);
      String version = cloud.requireSolrCloud();
      Optional<ShardInstall> install =
          files.map(where -> new ShardInstall(index, cloud, where, options.load(), listener));
      if (install.isPresent()) {
        install.get().requireFolder(version, generation);
      }
      Set<String> known = new LinkedHashSet<>(cloud.collections());
      requireAliasesFree(cloud, known, generation);
      Optional<ExistingSongs> existing =
          into.isPresent() ? Optional.of(existing(cloud, into.get())) : Optional.empty();
      boolean resumes = prepare(cloud, known, generation, into.isEmpty(), install);
      PushReport.Sent sent =
          install.isPresent()
              ? install(install.get(), generation, resumes)
              : load(cloud, generation, resumes, into, existing);
      int compared = check(cloud, generation, existing);
      if (install.isPresent()) {
        install.get().sweep(generation);
      }
      Switcher.Outcome outcome = new Switcher(cloud, generation, listener).run(options.switching());
      Map<String, String> places = new LinkedHashMap<>(Cloud.describe(generation));
      if (into.isPresent()) {
        places.put(into.get().collection(), into.get().collection());
        if (outcome.switched()) {
          new ExistingSchema(cloud, into.get())
              .requireHandler(generation.alias(), encoder(), confidence(), listener);
        }
      }
      return new PushReport(
          new PushReport.Place(generation.id(), places, configset(generation), version),
          songs,
          pictures,
          sent,
          compared,
          outcome.switched(),
          outcome.kept(),
          outcome.dropped());
    }
  }

  private ExistingSongs existing(Cloud cloud, SongsInto into) throws IOException {
    ExistingSchema schema = new ExistingSchema(cloud, into);
    String key = schema.require();
    schema.requireField(index.metadata().graphSpace(), "index " + index.folder(), listener);
    return new ExistingSongs(index, cloud, into, key);
  }

  private int check(Cloud cloud, Generation generation, Optional<ExistingSongs> existing)
      throws IOException {
    PushCheck check = new PushCheck(index, cloud, generation);
    check.documents(existing.isPresent() ? 0 : songs, pictures, listener);
    int compared =
        existing.isPresent()
            ? check.vectors(Set.of(IndexLayout.PICTURE)) + existing.get().check()
            : check.vectors(Set.of(IndexLayout.PICTURE, IndexLayout.SONG));
    listener.message(
        String.format(
            Locale.ROOT,
            "checked: %,d songs, %,d pictures, vectors of %d documents",
            songs,
            pictures,
            compared));
    return compared;
  }

  private static void requireAliasesFree(
      Cloud cloud, Set<String> collections, Generation generation) throws IOException {
    for (Generation.Switch change : generation.switches()) {
      if (collections.contains(change.alias())) {
        throw new PushException(
            "there is a collection called '"
                + change.alias()
                + "', so no alias can have this name; give another one with --collection");
      }
    }
    Optional<String> there = cloud.alias(generation.picturesAlias());
    if (generation.twoCollections()
        && there.isPresent()
        && !generation.isOfThisAlias(there.get())) {
      throw new PushException(
          "the alias '"
              + generation.picturesAlias()
              + "' stands for '"
              + there.get()
              + "', which no push to '"
              + generation.alias()
              + "' made; give another name with --collection");
    }
  }

  /** Makes what is missing; says whether documents may be there already. */
  private boolean prepare(
      Cloud cloud,
      Set<String> known,
      Generation generation,
      boolean songs,
      Optional<ShardInstall> install)
      throws IOException {
    boolean resumes = generation.collections().stream().anyMatch(known::contains);
    boolean own = !options.layout().configset().isEmpty();
    if (own && !cloud.hasConfigset(options.layout().configset())) {
      throw new PushException(
          "there is no configset '"
              + options.layout().configset()
              + "' in this SolrCloud; upload it first, or push without --configset to use"
              + " Seesong's");
    }
    if (!own && !resumes) {
      // Files of a collection that is there are left alone: nodes have read them.
      cloud.uploadConfigset(generation.configset(), files(generation));
    }
    for (String collection : generation.collections()) {
      boolean isThere = known.contains(collection);
      if (isThere) {
        requireLayout(cloud, collection);
        // Left like this by a push that was stopped while files were installed.
        if (cloud.state(collection).path("readOnly").asBoolean()
            && cloud.reader(collection).isEmpty()) {
          cloud.setReadOnly(collection, false);
        }
      } else {
        cloud.create(collection, configset(generation), options.layout());
      }
      try {
        if (own) {
          cloud.requireFields(collection, new SolrDocuments(index).fields(songs));
        }
        cloud.requireSpaces(collection, spaces(songs || !own), "index " + index.folder());
        requireConfigset(cloud, collection, configset(generation));
        if (install.isPresent()) {
          install.get().requireSchema(generation, collection);
        }
      } catch (PushException e) {
        if (!isThere) {
          remove(cloud, collection, e);
        }
        throw e;
      }
    }
    listener.message(
        (resumes ? "going on with " : "made ")
            + String.join(" and ", generation.collections())
            + String.format(
                Locale.ROOT,
                " (%d shards of %d replicas)",
                options.layout().shards(),
                options.layout().replicas()));
    return resumes;
  }

  /** A new collection that does not fit holds nothing; its configset can be mended without it. */
  private static void remove(Cloud cloud, String collection, PushException reason) {
    try {
      cloud.delete(collection);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private String configset(Generation generation) {
    return options.layout().configset().isEmpty()
        ? generation.configset()
        : options.layout().configset();
  }

  /**
   * Songs name the collection of their own pictures, so that one move of one alias switches both.
   */
  private Map<String, byte[]> files(Generation generation) throws IOException {
    IndexMetadata identity = index.metadata();
    Map<String, byte[]> files =
        new LinkedHashMap<>(
            new Configset(
                    identity.imageSpace(),
                    identity.centering(),
                    identity.graphSpace(),
                    identity.textSpace(),
                    encoder(),
                    confidence())
                .files());
    if (generation.twoCollections()) {
      String overlay =
          "{\"userProps\":{\"seesong.image.collection\":\"" + generation.pictures() + "\"}}";
      files.put("configoverlay.json", overlay.getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private String confidence() {
    return index.metadata().build().options().getOrDefault(Confidence.OPTION, "");
  }

  private String encoder() {
    return options.encoder().isEmpty()
        ? index.metadata().build().options().getOrDefault(ENCODER_OPTION, Configset.NO_ENCODER)
        : options.encoder();
  }

  private Map<String, VectorSpace> spaces(boolean songs) {
    Map<String, VectorSpace> spaces = new LinkedHashMap<>();
    spaces.put(IndexLayout.PICTURE_IMAGE_EMBEDDING, index.metadata().imageSpace());
    spaces.put(IndexLayout.PICTURE_GRAPH_EMBEDDING, index.metadata().graphSpace());
    if (songs) {
      spaces.put(IndexLayout.SONG_GRAPH_EMBEDDING, index.metadata().graphSpace());
      index
          .metadata()
          .textSpace()
          .ifPresent(space -> spaces.put(IndexLayout.SONG_TEXT_EMBEDDING, space));
    }
    return spaces;
  }

  private static void requireConfigset(Cloud cloud, String collection, String configset)
      throws IOException {
    String used = cloud.state(collection).path("configName").asText(configset);
    if (!used.equals(configset)) {
      throw new PushException(
          String.format(
              Locale.ROOT,
              "collection '%s' of an earlier push of this catalogue has the configset '%s', but"
                  + " '%s' is wanted; push as before, give another name with --collection, or"
                  + " delete the collection to begin anew",
              collection,
              used,
              configset));
    }
  }

  private void requireLayout(Cloud cloud, String collection) throws IOException {
    int shards = cloud.state(collection).path("shards").size();
    if (shards != options.layout().shards()) {
      throw new PushException(
          String.format(
              Locale.ROOT,
              "collection '%s' of an earlier push of this catalogue has %d shards, but %d are"
                  + " wanted; give --shards %d, or delete the collection to begin anew",
              collection,
              shards,
              options.layout().shards(),
              shards));
    }
  }

  private PushReport.Sent install(ShardInstall install, Generation generation, boolean resumes)
      throws IOException {
    PushReport.Sent sent = install.run(generation, resumes);
    songs = install.songs();
    pictures = install.pictures();
    return sent;
  }

  private PushReport.Sent load(
      Cloud cloud,
      Generation generation,
      boolean resumes,
      Optional<SongsInto> into,
      Optional<ExistingSongs> existing)
      throws IOException {
    long start = System.nanoTime();
    List<String> collections = new ArrayList<>(generation.collections());
    into.ifPresent(songs -> collections.add(songs.collection()));
    try (BatchSender sender =
        new BatchSender(cloud, options.load(), listener, index.reader().numDocs())) {
      for (String collection : collections) {
        if (!sender.open(collection)) {
          listener.message(
              "the leaders of "
                  + collection
                  + " cannot be reached from here, so any node gets the documents and passes them"
                  + " on");
        }
      }
      send(sender, cloud.nodes(), generation, resumes, existing);
      sender.finish();
      long taken = System.nanoTime();
      listener.message("committing ...");
      new PushCheck(index, cloud, generation).commit();
      long absent = 0;
      if (existing.isPresent()) {
        existing.get().commit();
        songs = existing.get().found();
        present += existing.get().present();
        absent = existing.get().absent();
        if (absent > 0) {
          listener.message(
              String.format(
                  Locale.ROOT,
                  "%,d songs of the catalogue are not in collection %s",
                  absent,
                  into.orElseThrow().collection()));
        }
      }
      return new PushReport.Sent(
          songs + pictures - present,
          present,
          absent,
          sender.bytes(),
          sender.retried(),
          Duration.ofNanos(taken - start),
          Duration.ofNanos(System.nanoTime() - taken));
    }
  }

  private void send(
      BatchSender sender,
      SolrNodes nodes,
      Generation generation,
      boolean resumes,
      Optional<ExistingSongs> existing)
      throws IOException {
    SolrDocuments documents = new SolrDocuments(index);
    LiveDocuments live = new LiveDocuments(index.reader());
    int size = index.reader().maxDoc();
    int window = Math.min(options.load().batch(), 1000);
    for (int from = 0; from < size; from += window) {
      Map<Integer, SolrDocuments.Head> heads = new LinkedHashMap<>();
      List<Integer> places = new ArrayList<>();
      for (int document = from; document < Math.min(size, from + window); document++) {
        if (live.isLive(document)) {
          SolrDocuments.Head head = documents.head(document);
          if (existing.isPresent() && head.kind().equals(IndexLayout.SONG)) {
            places.add(document);
          } else {
            heads.put(document, head);
          }
        }
      }
      if (!places.isEmpty()) {
        existing.orElseThrow().send(places, sender);
      }
      Set<String> there = resumes ? there(nodes, generation, heads) : Set.of();
      sender.skip(there.size());
      present += there.size();
      for (Map.Entry<Integer, SolrDocuments.Head> entry : heads.entrySet()) {
        SolrDocuments.Head head = entry.getValue();
        boolean isSong = head.kind().equals(IndexLayout.SONG);
        songs += isSong ? 1 : 0;
        pictures += isSong ? 0 : 1;
        if (!there.contains(head.id())) {
          sender.add(
              isSong ? generation.songs() : generation.pictures(),
              documents.read(entry.getKey(), head));
        }
      }
    }
  }

  private static Set<String> there(
      SolrNodes nodes, Generation generation, Map<Integer, SolrDocuments.Head> heads)
      throws IOException {
    Set<String> there = new LinkedHashSet<>();
    for (String kind : List.of(IndexLayout.SONG, IndexLayout.PICTURE)) {
      List<String> ids = new ArrayList<>();
      heads.values().stream().filter(h -> h.kind().equals(kind)).forEach(h -> ids.add(h.id()));
      String collection =
          kind.equals(IndexLayout.SONG) ? generation.songs() : generation.pictures();
      there.addAll(PushCheck.present(nodes, collection, ids));
    }
    return there;
  }
}
