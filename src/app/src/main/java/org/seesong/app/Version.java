package org.seesong.app;

import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "seesong " + number(),
      "Java " + Runtime.version() + ", Lucene " + org.apache.lucene.util.Version.LATEST
    };
  }

  static String number() {
    String version = Seesong.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }
}
