/** What tests of several modules share. */
package org.seesong.testing;
