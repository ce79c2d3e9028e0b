package org.seesong.app;

import picocli.CommandLine.IVersionProvider;

/** Reads the version that the build wrote into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Seesong.class.getPackage().getImplementationVersion();
    return new String[] {
      "seesong " + (version == null ? "(unpackaged)" : version),
      "Java " + Runtime.version() + ", Lucene " + org.apache.lucene.util.Version.LATEST
    };
  }
}
