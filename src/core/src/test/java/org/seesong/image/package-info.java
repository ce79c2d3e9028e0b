/** Tests of pictures and encoders, and the contract test for encoders of your own. */
package org.seesong.image;
