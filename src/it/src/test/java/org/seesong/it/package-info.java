/** End-to-end tests over all modules, and the rules of the architecture. */
package org.seesong.it;
