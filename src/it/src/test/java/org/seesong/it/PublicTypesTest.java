package org.seesong.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What others can name is a promise. A type that becomes public, or no longer is, shows in the list
 * beside this test, {@code public-types.txt}, and so in a review.
 */
class PublicTypesTest {
  @Test
  void publicTypesAreThoseListed() throws IOException {
    List<String> found =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ArchitectureTest.NoTestJars())
                .importPackages("org.seesong")
                .stream()
                .filter(
                    type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("org.seesong.bench."))
                .sorted()
                .toList();
    assertThat(found)
        .as("public types; if the change is meant, bring public-types.txt up to date")
        .containsExactlyElementsOf(listed());
  }

  private static List<String> listed() throws IOException {
    try (InputStream in = PublicTypesTest.class.getResourceAsStream("public-types.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
