/** Makes the networks that releases ship: {@link org.seesong.bench.model.MobileNetV2}. */
package org.seesong.bench.model;
