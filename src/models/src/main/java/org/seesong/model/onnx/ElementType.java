package org.seesong.model.onnx;

/** Types of numbers, with ONNX's codes for them. */
public enum ElementType {
  /** 32-bit floating point. */
  FLOAT(1, Float.BYTES),
  /** Unsigned bytes. */
  UINT8(2, 1),
  /** Signed bytes. */
  INT8(3, 1),
  /** 32-bit integers. */
  INT32(6, Integer.BYTES),
  /** 64-bit integers. */
  INT64(7, Long.BYTES);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The type of a code. */
  static ElementType of(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "numbers of ONNX's type " + code + " in a file of weights are not known");
  }

  int code() {
    return code;
  }

  /** Of one number. */
  int bytes() {
    return bytes;
  }
}
