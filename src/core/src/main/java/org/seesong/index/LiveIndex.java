package org.seesong.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.util.IOUtils;

/**
 * An index that is searched while others change it. Whoever searches takes a {@link Lease} and sees
 * one state until it is given back; {@link #refresh} brings what was committed since, for the cost
 * of what changed, and closes the state before as soon as its last lease is back.
 *
 * <p>A state comes with a searcher made for it, whatever that is. Safe for any number of threads.
 *
 * <pre>{@code
 * try (LiveIndex<TwoHopSearcher> live = LiveIndex.open(folder, TwoHopSearcher::new)) {
 *   try (LiveIndex.Lease<TwoHopSearcher> lease = live.lease()) {
 *     lease.searcher().search(vector, options);
 *   }
 *   live.refresh(); // now and then, or after a change
 * }
 * }</pre>
 *
 * @param <S> what searches a state
 */
public final class LiveIndex<S> implements AutoCloseable {
  private final Opener<S> opener;
  private final Object refreshing = new Object();

  /** The first index opened; it owns the directory that all later ones read from. */
  private final CatalogueIndex root;

  private State<S> current;
  private int states;

  /**
   * Makes a searcher for a state of the index.
   *
   * @param <S> the searcher
   */
  @FunctionalInterface
  public interface Opener<S> {
    /**
     * Makes a searcher.
     *
     * @param index the state, open as long as the searcher is used
     * @return the searcher
     * @throws IOException if it cannot be made; a refresh then keeps to the state before
     */
    S open(CatalogueIndex index) throws IOException;
  }

  /** A state with the number of those who use it, this object among them while it is current. */
  private static final class State<S> {
    private final CatalogueIndex index;
    private final S searcher;
    private int users = 1;

    State(CatalogueIndex index, S searcher) {
      this.index = index;
      this.searcher = searcher;
    }
  }

  /**
   * One state of the index in use. To be closed, in any thread, once; closing it again does
   * nothing.
   *
   * @param <S> what searches it
   */
  public static final class Lease<S> implements AutoCloseable {
    private final LiveIndex<S> live;
    private final State<S> state;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lease(LiveIndex<S> live, State<S> state) {
      this.live = live;
      this.state = state;
    }

    /**
     * The state.
     *
     * @return an index that is open until this lease is closed
     */
    public CatalogueIndex index() {
      return state.index;
    }

    /**
     * What searches the state.
     *
     * @return the searcher that was made for it
     */
    public S searcher() {
      return state.searcher;
    }

    @Override
    public void close() throws IOException {
      if (closed.compareAndSet(false, true)) {
        live.release(state);
      }
    }
  }

  private LiveIndex(CatalogueIndex root, Opener<S> opener) throws IOException {
    this.root = root;
    this.opener = opener;
    this.current = new State<>(root, opener.open(root));
    this.states = 1;
  }

  /**
   * Opens an index as it is now.
   *
   * @param <S> what searches a state
   * @param folder the index's folder
   * @param opener makes a searcher for each state
   * @return the live index, to be closed by the caller
   * @throws IndexMismatchException if Seesong did not make the index, or in another layout
   * @throws IOException if there is none or it cannot be read
   */
  public static <S> LiveIndex<S> open(Path folder, Opener<S> opener) throws IOException {
    Objects.requireNonNull(opener, "opener");
    CatalogueIndex root = CatalogueIndex.open(folder);
    try {
      return new LiveIndex<>(root, opener);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(root);
      throw e;
    }
  }

  /**
   * Takes the current state into use.
   *
   * @return a lease, to be closed by the caller
   * @throws IllegalStateException if this object is closed
   */
  public synchronized Lease<S> lease() {
    if (current == null) {
      throw new IllegalStateException("the live index " + root.folder() + " is closed");
    }
    current.users++;
    return new Lease<>(this, current);
  }

  /**
   * Makes what was committed since visible to later leases. Cheap if nothing was. One thread at a
   * time refreshes; others wait for it.
   *
   * @return whether there was anything new
   * @throws IOException if the new state cannot be read or a searcher not be made for it; the state
   *     before stays in use
   */
  public boolean refresh() throws IOException {
    synchronized (refreshing) {
      try (Lease<S> now = lease()) {
        Optional<CatalogueIndex> newer = now.index().newer();
        if (newer.isEmpty()) {
          return false;
        }
        State<S> next;
        try {
          next = new State<>(newer.get(), opener.open(newer.get()));
        } catch (IOException | RuntimeException e) {
          IOUtils.closeWhileHandlingException(newer.get());
          throw e;
        }
        replace(next);
        return true;
      }
    }
  }

  private void replace(State<S> next) throws IOException {
    State<S> old;
    synchronized (this) {
      old = current;
      if (old != null) {
        current = next;
        states++;
      }
    }
    if (old == null) {
      next.index.close();
      throw new IllegalStateException("the live index " + root.folder() + " is closed");
    }
    release(old);
  }

  private void release(State<S> state) throws IOException {
    boolean last;
    boolean lastOfAll;
    synchronized (this) {
      last = --state.users == 0;
      states -= last ? 1 : 0;
      lastOfAll = states == 0;
    }
    if (last && state.index != root) {
      state.index.close();
    }
    if (lastOfAll) {
      root.close();
    } else if (last && state.index == root) {
      root.closeReader();
    }
  }

  /**
   * States that are open: 1, and one for each earlier state that a lease still holds.
   *
   * @return the number; 0 once this is closed and all leases are back
   */
  public synchronized int openStates() {
    return states;
  }

  /**
   * Ends leasing. States stay open until their leases are back.
   *
   * @throws IOException if closing fails
   */
  @Override
  public void close() throws IOException {
    State<S> last;
    synchronized (this) {
      last = current;
      current = null;
    }
    if (last != null) {
      release(last);
    }
  }
}
