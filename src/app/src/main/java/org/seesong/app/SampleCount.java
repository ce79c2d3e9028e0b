package org.seesong.app;

import java.math.BigDecimal;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number that may end in k, M or G: {@code 10M} is ten million. */
final class SampleCount implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    String number = text.strip().toLowerCase(Locale.ROOT).replace("_", "");
    int zeros = number.endsWith("k") ? 3 : number.endsWith("m") ? 6 : number.endsWith("g") ? 9 : 0;
    if (zeros > 0) {
      number = number.substring(0, number.length() - 1);
    }
    try {
      long count = new BigDecimal(number).scaleByPowerOfTen(zeros).longValueExact();
      if (count >= 1) {
        return count;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // told below, together with numbers below 1
    }
    throw new TypeConversionException(
        "'" + text + "' is not a whole number of at least 1, such as 500000, 500k or 10M");
  }
}
