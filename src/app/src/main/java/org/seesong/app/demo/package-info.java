/**
 * The demo catalogue: a hundred and fifty short original songs and some three hundred painted
 * pictures, so that Seesong can be tried without any collection of one's own.
 */
package org.seesong.app.demo;
