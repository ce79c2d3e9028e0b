package org.seesong.evaluation;

/**
 * A song of an answer.
 *
 * @param song its number
 * @param distance by which whoever brought it chose it, smaller is better; equal ones are ties; NaN
 *     where there is no choice by distance
 * @param source who brought it: the picture's place in hop one from 0, -1 for all together
 */
record Recommended(int song, double distance, int source) {}
