/**
 * Parts of a build that may be computed anywhere: each a pure function to one file in a folder that
 * all machines see. Knows no stage and no engine.
 */
package org.seesong.part;
