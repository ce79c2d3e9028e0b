package org.seesong.evaluation;

/**
 * A song of a ranking.
 *
 * @param song its number in the {@link SongTable}
 * @param distance the distance it was chosen by, smaller is better, equal ones are ties; NaN where
 *     songs are not chosen by a distance
 * @param source rank from 0 of the picture it was found from, -1 for none
 */
record RankedSong(int song, double distance, int source) {}
