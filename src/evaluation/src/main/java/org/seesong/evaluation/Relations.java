package org.seesong.evaluation;

import java.util.Map;

/**
 * How much each of ConceptNet's relations says about two words belonging together, 0 to 1.
 *
 * <p>1 for words of one meaning, less the looser the tie. Relations that deny (NotIsA, Antonym),
 * that are about the form of words, or that lead out of the network (ExternalURL, dbpedia) say
 * nothing. Relations not listed count as loosely related.
 */
final class Relations {
  private static final double OTHER = 0.3;

  private static final Map<String, Double> WEIGHTS =
      Map.ofEntries(
          Map.entry("/r/Synonym", 1.0),
          Map.entry("/r/FormOf", 1.0),
          Map.entry("/r/SimilarTo", 0.9),
          Map.entry("/r/PartOf", 0.7),
          Map.entry("/r/HasA", 0.7),
          Map.entry("/r/MadeOf", 0.7),
          Map.entry("/r/AtLocation", 0.7),
          Map.entry("/r/LocatedNear", 0.7),
          Map.entry("/r/IsA", 0.6),
          Map.entry("/r/InstanceOf", 0.6),
          Map.entry("/r/MannerOf", 0.6),
          Map.entry("/r/RelatedTo", 0.5),
          Map.entry("/r/DerivedFrom", 0.5),
          Map.entry("/r/HasProperty", 0.5),
          Map.entry("/r/UsedFor", 0.5),
          Map.entry("/r/CapableOf", 0.5),
          Map.entry("/r/SymbolOf", 0.5),
          Map.entry("/r/CreatedBy", 0.5),
          Map.entry("/r/ReceivesAction", 0.4),
          Map.entry("/r/HasContext", 0.4),
          Map.entry("/r/Antonym", 0.0),
          Map.entry("/r/DistinctFrom", 0.0),
          Map.entry("/r/ObstructedBy", 0.0),
          Map.entry("/r/NotIsA", 0.0),
          Map.entry("/r/NotHasA", 0.0),
          Map.entry("/r/NotHasProperty", 0.0),
          Map.entry("/r/NotCapableOf", 0.0),
          Map.entry("/r/NotDesires", 0.0),
          Map.entry("/r/NotUsedFor", 0.0),
          Map.entry("/r/NotMadeOf", 0.0),
          Map.entry("/r/EtymologicallyRelatedTo", 0.0),
          Map.entry("/r/EtymologicallyDerivedFrom", 0.0),
          Map.entry("/r/ExternalURL", 0.0));

  private Relations() {}

  /** The weight of a relation; 0 if it says nothing. */
  static double weight(String relation) {
    return relation.startsWith("/r/dbpedia/") ? 0 : WEIGHTS.getOrDefault(relation, OTHER);
  }
}
