import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks the bill of materials of an unpacked release: each library has a licence that lets the
 * release be given on, and a SHA-256, and each jar of its folder of jars, the second argument, is in
 * the bill. Run by {@code check} as a source file with the release's own libraries. Exit code 1 names
 * what is wrong.
 */
final class Licences {
  /** By SPDX identifier, or as the library's own pom says where that is all there is. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "BSD-4-Clause", // how "The BSD License" in poms is read; these libraries have 3 clauses
          "ISC",
          "EPL-2.0",
          "EPL-1.0",
          "0BSD",
          "Unicode-3.0",
          "CDDL-1.0", // of files that are given on unchanged
          "CC0-1.0",
          "Public Domain");

  /** Libraries whose poms name none, by the licence in their jars. */
  private static final Map<String, String> IN_THE_JAR =
      Map.of(
          "xbean-asm9-shaded-4.30", "Apache-2.0 and BSD-3-Clause",
          "oro-2.0.8", "Apache-1.1");

  private Licences() {}

  public static void main(String[] arguments) throws IOException {
    Path release = Path.of(arguments[0]);
    String folder = arguments[1];
    JsonNode bill = new ObjectMapper().readTree(release.resolve("sbom.json").toFile());
    List<String> problems = new ArrayList<>();
    TreeMap<String, Integer> counts = new TreeMap<>();
    Set<String> listed = new TreeSet<>();
    JsonNode whole = bill.path("metadata").path("component");
    listed.add(whole.path("name").asText() + "-" + whole.path("version").asText());
    for (JsonNode component : bill.path("components")) {
      String name = component.path("name").asText() + "-" + component.path("version").asText();
      listed.add(name);
      List<String> licences = new ArrayList<>();
      for (JsonNode entry : component.path("licenses")) {
        JsonNode licence = entry.path("license");
        licences.add(
            entry.hasNonNull("expression")
                ? entry.path("expression").asText()
                : licence.path("id").asText(licence.path("name").asText()));
      }
      if (licences.isEmpty() && IN_THE_JAR.containsKey(name)) {
        licences.add(IN_THE_JAR.get(name));
      } else if (licences.stream().noneMatch(Licences::isAllowed)) {
        problems.add(name + " has no licence that is allowed: " + licences);
      }
      licences.forEach(licence -> counts.merge(licence, 1, Integer::sum));
      boolean digest = false;
      for (JsonNode hash : component.path("hashes")) {
        digest |= hash.path("alg").asText().equals("SHA-256");
      }
      if (!digest && !component.path("group").asText().equals("org.seesong")) {
        problems.add(name + " has no SHA-256");
      }
    }
    int jars = 0;
    try (Stream<Path> files = Files.list(release.resolve(folder))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        jars++;
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
        if (listed.stream().noneMatch(each -> name.equals(each) || name.startsWith(each + "-"))) {
          problems.add(folder + "/" + name + ".jar is not in the bill");
        }
      }
    }
    if (jars == 0 || listed.isEmpty()) {
      problems.add(jars + " jars and " + listed.size() + " entries in the bill");
    }
    problems.forEach(System.err::println);
    System.out.println(jars + " jars, " + listed.size() + " in the bill; licences: " + counts);
    if (!problems.isEmpty()) {
      System.exit(1);
    }
  }

  /** Of a choice one is enough. */
  private static boolean isAllowed(String licence) {
    for (String each : licence.replaceAll("[()]", "").split(" OR ")) {
      if (ALLOWED.contains(each.strip())) {
        return true;
      }
    }
    return false;
  }
}
