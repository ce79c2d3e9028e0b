package org.seesong.model;

import java.util.List;

/**
 * A tensor as a file describes it; nothing is checked yet.
 *
 * @param name the file's name for it
 * @param shape the file's word on its shape
 * @param region where its numbers are said to lie
 */
record Tensor(String name, List<Long> shape, Region region) {
  Tensor {
    shape = List.copyOf(shape);
  }
}
