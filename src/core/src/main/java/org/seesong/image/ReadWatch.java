package org.seesong.image;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Watches one reading: aborts it after the deadline, also while the reader works on bytes it
 * already has, and notices the warnings by which a reader admits that data was missing.
 */
final class ReadWatch implements IIOReadProgressListener, IIOReadWarningListener {
  private final DeadlineStream in;
  private boolean aborted;
  private boolean incomplete;

  ReadWatch(DeadlineStream in) {
    this.in = in;
  }

  void requireComplete(CheckedPicture picture) throws DamageException {
    if (aborted) {
      throw in.over();
    }
    if (incomplete) {
      throw new DamageException(picture.whatIsMissing());
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    incomplete |= warning != null && warning.contains("premature end");
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    if (in.isOver()) {
      aborted = true;
      source.abort();
    }
  }

  @Override
  public void readAborted(ImageReader source) {
    aborted = true;
  }

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {
    imageProgress(source, 0);
  }

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}
}
