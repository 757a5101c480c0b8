package dev.bugle.bgp.ls;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What this module may know, and what its users see of it. */
class ArchitectureTest {

  private static final String HERE = "dev.bugle.bgp.ls";

  /** bgpcep, the YANG models that it speaks in, and what these are made of. */
  private static final String[] BGPCEP = {"org.opendaylight.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HERE);

  @Test
  void itKnowsTheSpeakersDoorAndTheWireAndNothingElseOfBugle() {
    classes()
        .that()
        .resideInAPackage(HERE)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "org.jspecify.annotations..", "io.netty.buffer..", HERE)
                .or(resideInAnyPackage("dev.bugle.bgp", "dev.bugle.bgp.wire.."))
                .or(resideInAnyPackage(BGPCEP))
                .or(JavaClass.Predicates.assignableTo(byte[].class)))
        .check(CLASSES);
  }

  @Test
  void nothingOfBgpcepIsInTheApi() {
    Stream<JavaClass> exported =
        CLASSES.stream().filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC));
    assertThat(exported)
        .isNotEmpty()
        .allSatisfy(
            c -> {
              assertThat(c.getAllRawSuperclasses()).as(c.getName()).noneMatch(this::isBgpcep);
              assertThat(c.getAllRawInterfaces()).as(c.getName()).noneMatch(this::isBgpcep);
              c.getCodeUnits().stream()
                  .filter(unit -> isVisible(unit.getModifiers()))
                  .forEach(
                      unit -> {
                        assertThat(unit.getAllInvolvedRawTypes())
                            .as(unit.getFullName())
                            .noneMatch(this::isBgpcep);
                      });
              c.getFields().stream()
                  .filter(field -> isVisible(field.getModifiers()))
                  .forEach(
                      field ->
                          assertThat(field.getAllInvolvedRawTypes())
                              .as(field.getFullName())
                              .noneMatch(this::isBgpcep));
            });
  }

  private boolean isBgpcep(JavaClass type) {
    return type.getPackageName().startsWith("org.opendaylight.");
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }
}
