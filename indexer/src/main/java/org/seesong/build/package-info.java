/**
 * From a catalogue's files to a searchable index, in stages that survive being killed.
 *
 * <p>Start at {@link org.seesong.build.CatalogueBuild}. On top of all other stages: {@code
 * catalogue}, {@code keyword}, {@code image}, {@code graph}, {@code embedding}, {@code index}.
 */
package org.seesong.build;
