package org.seesong.app;

import java.math.BigDecimal;
import org.seesong.build.LeftOutLimit;
import picocli.CommandLine.Option;

/** What may be left out before a build or an addition stops. */
final class LeftOutSettings {
  @Option(
      names = "--max-left-out",
      paramLabel = "SHARE",
      description = {
        "Stop if more than this share of the songs or of the pictures would be left out, such as"
            + " 5%% or 0.05 (default: 10%%, and at least 10 of them)."
      })
  private String maxLeftOut;

  @Option(
      names = "--force",
      description = {
        "Go on whatever is left out, and even if fewer than half of the songs or pictures remain."
      })
  private boolean force;

  LeftOutLimit limit() {
    if (force) {
      return LeftOutLimit.NONE;
    }
    return maxLeftOut == null ? LeftOutLimit.DEFAULT : LeftOutLimit.of(share(maxLeftOut));
  }

  private static double share(String written) {
    String number = written.strip();
    boolean percent = number.endsWith("%");
    try {
      BigDecimal value =
          new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
      double share = value.movePointLeft(percent ? 2 : 0).doubleValue();
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Told below, with the numbers that are out of range.
    }
    throw new UsageException(
        new IllegalArgumentException(
            "--max-left-out must be a share such as 10% or 0.1, from 0 to 1; got: " + written));
  }
}
