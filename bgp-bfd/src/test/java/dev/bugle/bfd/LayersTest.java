package dev.bugle.bfd;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rooms of this module: who may know whom. */
class LayersTest {

  private static final String ROOT = "dev.bugle.bfd";
  private static final String WIRE = ROOT + ".wire..";
  private static final String SESSION = ROOT + ".session..";
  private static final String LINUX = ROOT + ".linux..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void wireKnowsTheJdkAndBuffers() {
    onlyDependsOn(WIRE, "io.netty.buffer..");
  }

  @Test
  void sessionKnowsTheJdkAndWire() {
    onlyDependsOn(SESSION, WIRE);
  }

  @Test
  void linuxKnowsTheJdkBuffersAndTheCLibrary() {
    onlyDependsOn(LINUX, "io.netty.buffer..", "jnr.ffi..");
  }

  @Test
  void nobodyElseCallsTheCLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(LINUX)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jnr..")
        .check(CLASSES);
  }

  @Test
  void theRoomsHaveNoClockThreadChanceOrSocket() {
    noClasses()
        .that()
        .resideInAnyPackage(WIRE, SESSION)
        .should()
        .dependOnClassesThat(
            describe(
                "tell time, draw lots or reach outside",
                c ->
                    c.getName()
                        .matches(
                            "java\\.(util\\.concurrent|io|nio\\.channels|net)\\..*"
                                + "|java\\.util\\.(Random|Timer.*|random\\..*|logging\\..*)"
                                + "|java\\.security\\.SecureRandom"
                                + "|java\\.time\\.(Clock|Instant)"
                                + "|java\\.lang\\.(Thread.*|Process.*|Runtime)")))
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(WIRE, SESSION)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static void onlyDependsOn(String room, String... others) {
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(others)
                .or(resideInAnyPackage(room, "java..", "org.jspecify.annotations.."))
                // the array of a primitive, and code coverage, are in no package
                .or(describe("primitive", JavaClass::isPrimitive)))
        .check(CLASSES);
  }
}
