package org.seesong.bench.embed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.seesong.graph.Graph;
import org.seesong.graph.GraphBuilder;
import org.seesong.io.AtomicFiles;
import org.seesong.vector.FloatMatrix;

/**
 * A graph whose vertices have names, as other tools read and write them.
 *
 * <p>Edge lists have {@code a b weight} a line, ends in any order; blank lines and lines that begin
 * with # are passed over. A name begins with s for a song, k for a keyword or p for a picture; each
 * edge joins a keyword with a song or a picture. Vectors are word2vec's text: a line with the
 * number of vectors and of dimensions, then a line a vertex with its name and numbers.
 *
 * @param graph the graph
 * @param names a name for each vertex
 */
public record NamedGraph(Graph graph, List<String> names) {
  private static final String KINDS = "skp";

  /** Checks that there are as many names as vertices. */
  public NamedGraph {
    Objects.requireNonNull(graph, "graph");
    names = List.copyOf(names);
    if (names.size() != graph.vertices()) {
      throw new IllegalArgumentException(
          "names must be one a vertex (" + graph.vertices() + "); got: " + names.size());
    }
  }

  /**
   * Names vertices s0, s1 and so on, k0, p0.
   *
   * @param graph a graph
   * @return the graph with names
   */
  public static NamedGraph of(Graph graph) {
    List<String> names = new ArrayList<>(graph.vertices());
    int[] numbers = {graph.songs(), graph.keywords(), graph.pictures()};
    for (int kind = 0; kind < numbers.length; kind++) {
      for (int i = 0; i < numbers[kind]; i++) {
        names.add(KINDS.charAt(kind) + Integer.toString(i));
      }
    }
    return new NamedGraph(graph, names);
  }

  private record Edge(int thing, boolean song, int keyword, float weight) {}

  /**
   * Reads an edge list.
   *
   * @param file the list, UTF-8
   * @return the graph; vertices of a kind are in the order in which the file names them
   * @throws IOException if the file cannot be read, is not such a list or has no edges; the message
   *     names the line
   */
  public static NamedGraph read(Path file) throws IOException {
    List<Map<String, Integer>> numbers =
        List.of(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    List<Edge> edges = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          edges.add(edge(line.strip().split("\\s+", -1), numbers, file + ":" + number));
        }
      }
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8", e);
    }
    if (edges.isEmpty()) {
      throw new IOException(file + ": has no edges; a line is 'a b weight'");
    }
    GraphBuilder builder =
        new GraphBuilder(numbers.get(0).size(), numbers.get(1).size(), numbers.get(2).size());
    for (Edge edge : edges) {
      if (edge.song()) {
        builder.addSongEdge(edge.thing(), edge.keyword(), edge.weight());
      } else {
        builder.addPictureEdge(edge.thing(), edge.keyword(), edge.weight());
      }
    }
    List<String> names = new ArrayList<>();
    numbers.forEach(kind -> names.addAll(kind.keySet()));
    return new NamedGraph(builder.build(), names);
  }

  private static Edge edge(String[] fields, List<Map<String, Integer>> numbers, String place)
      throws IOException {
    if (fields.length != 3) {
      throw new IOException(
          place + ": a line must be 'a b weight'; got " + fields.length + " fields");
    }
    int first = KINDS.indexOf(fields[0].charAt(0));
    int second = KINDS.indexOf(fields[1].charAt(0));
    if (first < 0 || second < 0 || (first == 1) == (second == 1)) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: an edge must join a keyword (k...) with a song (s...) or a picture (p...); got:"
                  + " %s %s",
              place,
              fields[0],
              fields[1]));
    }
    boolean swapped = first == 1;
    int thingKind = swapped ? second : first;
    return new Edge(
        number(numbers.get(thingKind), fields[swapped ? 1 : 0]),
        thingKind == 0,
        number(numbers.get(1), fields[swapped ? 0 : 1]),
        weight(fields[2], place));
  }

  private static int number(Map<String, Integer> known, String name) {
    return known.computeIfAbsent(name, added -> known.size());
  }

  private static float weight(String text, String place) throws IOException {
    float weight;
    try {
      weight = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      weight = Float.NaN; // told below
    }
    if (!(weight > 0) || Float.isInfinite(weight)) {
      throw new IOException(
          place + ": a weight must be a finite number above 0 (as float); got: " + text);
    }
    return weight;
  }

  /**
   * Writes the edge list.
   *
   * @param file the file, replaced if it is there
   * @throws IOException if it cannot be written
   */
  public void writeEdges(Path file) throws IOException {
    write(
        file,
        writer -> {
          for (int k = 0; k < graph.keywords(); k++) {
            int keyword = graph.keywordVertex(k);
            for (int i = graph.rowStart(keyword); i < graph.rowStart(keyword + 1); i++) {
              writer.write(names.get(graph.target(i)));
              writer.write(' ');
              writer.write(names.get(keyword));
              writer.write(' ');
              writer.write(Float.toString(graph.weight(i)));
              writer.write('\n');
            }
          }
        });
  }

  /**
   * Writes vectors.
   *
   * @param file the file, replaced if it is there
   * @param vectors a row a vertex
   * @throws IOException if it cannot be written
   */
  public void writeVectors(Path file, FloatMatrix vectors) throws IOException {
    write(
        file,
        writer -> {
          writer.write(vectors.rows() + " " + vectors.dimension() + "\n");
          for (int v = 0; v < vectors.rows(); v++) {
            writer.write(names.get(v));
            for (int i = vectors.at(v); i < vectors.at(v) + vectors.dimension(); i++) {
              writer.write(' ');
              writer.write(Float.toString(vectors.block(v)[i]));
            }
            writer.write('\n');
          }
        });
  }

  /**
   * Reads vectors that any tool wrote.
   *
   * @param file word2vec's text layout, UTF-8
   * @return a row a vertex of this graph; zeros where the file has none; vertices it does not know
   *     are passed over
   * @throws IOException if the file cannot be read, is not of that layout or knows no vertex of the
   *     graph; the message names the line
   */
  public FloatMatrix readVectors(Path file) throws IOException {
    Map<String, Integer> vertices = new LinkedHashMap<>();
    names.forEach(name -> vertices.put(name, vertices.size()));
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String head = reader.readLine();
      if (head == null || !head.strip().matches("[0-9]{1,10}\\s+[1-9][0-9]{0,4}")) {
        throw new IOException(file + ":1: must be the number of vectors and of dimensions");
      }
      int dimension = Integer.parseInt(head.strip().split("\\s+", -1)[1]);
      FloatMatrix matrix = FloatMatrix.large(graph.vertices(), dimension);
      int number = 1;
      int known = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String[] fields = line.strip().split("\\s+", -1);
        Integer vertex = vertices.get(fields[0]);
        if (vertex != null) {
          readRow(fields, matrix, vertex, file + ":" + number);
          known++;
        }
      }
      if (known == 0) {
        throw new IOException(file + ": has no vector of a vertex of the graph");
      }
      return matrix;
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8", e);
    }
  }

  private static void readRow(String[] fields, FloatMatrix matrix, int vertex, String place)
      throws IOException {
    if (fields.length != matrix.dimension() + 1) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: '%s' must have %d numbers; got: %d",
              place,
              fields[0],
              matrix.dimension(),
              fields.length - 1));
    }
    for (int i = 0; i < matrix.dimension(); i++) {
      float value;
      try {
        value = Float.parseFloat(fields[i + 1]);
      } catch (NumberFormatException e) {
        value = Float.NaN; // told below
      }
      if (!Float.isFinite(value)) {
        throw new IOException(place + ": must be a finite number; got: " + fields[i + 1]);
      }
      matrix.block(vertex)[matrix.at(vertex) + i] = value;
    }
  }

  private interface Content {
    void writeTo(BufferedWriter writer) throws IOException;
  }

  private static void write(Path file, Content content) throws IOException {
    AtomicFiles.write(
        file,
        channel -> {
          // Not closed: the channel is not ours.
          BufferedWriter writer =
              new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8));
          content.writeTo(writer);
          writer.flush();
        });
  }
}
