/** How measurements are printed: {@link org.seesong.bench.output.Output}. */
package org.seesong.bench.output;
