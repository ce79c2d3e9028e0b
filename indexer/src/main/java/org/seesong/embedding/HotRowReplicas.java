package org.seesong.embedding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.seesong.graph.Graph;

/**
 * Copies of the keywords' rows, one set for each worker, where there are several.
 *
 * <p>Nearly every step writes to rows of keywords, and there are few of them. If all workers write
 * to the same ones, their cache lines travel between the cores all the time: two threads were
 * measured to do 1.09 times the work of one, though two processes side by side do 1.94 times. So
 * each worker has copies, and now and then adds to the common rows what it changed and takes over
 * what others did. As many keywords as fit {@value #MAX_FLOATS} floats a worker have copies, those
 * of most edges first.
 *
 * <p>The copies stand behind the row that unused targets point at, in the arrays of vectors and of
 * contexts. Immutable; {@link Worker} belongs to one thread.
 */
final class HotRowReplicas {
  /** Two arrays of 256 KiB stay in a second-level cache beside what else is needed. */
  private static final int MAX_FLOATS = 1 << 16;

  private final int[] vertices;

  /** Which copy a keyword has, from 0; -1 for none. */
  private final int[] copies;

  private final int firstKeyword;
  private final int firstCopy;
  private final int stride;

  HotRowReplicas(Graph graph, int stride, int workers) {
    this.stride = stride;
    firstKeyword = graph.songs();
    firstCopy = graph.vertices() + 1;
    int room = (int) Math.min(Integer.MAX_VALUE, (long) MAX_FLOATS / stride);
    long free = (Integer.MAX_VALUE - 8L) / stride - firstCopy;
    int most = workers == 1 ? 0 : (int) Math.min(room, free / workers);
    copies = new int[most == 0 ? 0 : graph.keywords()];
    Arrays.fill(copies, -1);
    vertices =
        IntStream.range(0, graph.keywords())
            .boxed()
            .sorted(Comparator.comparingInt(keyword -> -edges(graph, keyword)))
            .limit(most)
            .mapToInt(graph::keywordVertex)
            .toArray();
    for (int copy = 0; copy < vertices.length; copy++) {
      copies[vertices[copy] - firstKeyword] = copy;
    }
  }

  private static int edges(Graph graph, int keyword) {
    int vertex = graph.keywordVertex(keyword);
    return graph.rowStart(vertex + 1) - graph.rowStart(vertex);
  }

  /** Copies of a worker. */
  int count() {
    return vertices.length;
  }

  /** What a worker, numbered from 0, works with. */
  Worker worker(int number) {
    return new Worker(number);
  }

  /** For one thread. */
  final class Worker {
    private final int first;
    private final float[] before = new float[vertices.length * stride];
    private final float[] beforeContexts = new float[vertices.length * stride];

    private Worker(int number) {
      first = firstCopy + number * vertices.length;
    }

    /** Offset of the row of a vertex in the arrays that the worker uses. */
    int offset(int vertex) {
      int keyword = vertex - firstKeyword;
      return keyword >= 0 && keyword < copies.length && copies[keyword] >= 0
          ? (first + copies[keyword]) * stride
          : vertex * stride;
    }

    /** Takes the common rows over; one worker at a time. */
    void begin(float[] vectors, float[] contexts) {
      for (int copy = 0; copy < vertices.length; copy++) {
        take(vectors, copy, before);
        if (contexts != vectors) {
          take(contexts, copy, beforeContexts);
        }
      }
    }

    private void take(float[] rows, int copy, float[] known) {
      System.arraycopy(rows, vertices[copy] * stride, rows, (first + copy) * stride, stride);
      System.arraycopy(rows, vertices[copy] * stride, known, copy * stride, stride);
    }

    /** Adds what was changed to the common rows and takes them over; one worker at a time. */
    void exchange(float[] vectors, float[] contexts) {
      for (int copy = 0; copy < vertices.length; copy++) {
        give(vectors, copy, before);
        if (contexts != vectors) {
          give(contexts, copy, beforeContexts);
        }
      }
      begin(vectors, contexts);
    }

    private void give(float[] rows, int copy, float[] known) {
      int common = vertices[copy] * stride;
      int own = (first + copy) * stride;
      for (int i = 0; i < stride; i++) {
        rows[common + i] += rows[own + i] - known[copy * stride + i];
      }
    }
  }
}
