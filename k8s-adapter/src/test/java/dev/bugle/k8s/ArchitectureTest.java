package dev.bugle.k8s;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which room may know which. */
class ArchitectureTest {

  private static final String HERE = "dev.bugle.k8s";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HERE);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(HERE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theElectionIsPureAndReadsNoClock() {
    classes()
        .that()
        .haveNameMatching(HERE.replace(".", "\\.") + "\\.lease\\.(LeaseFsm|LeaseView|Pace)")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("java.lang..")
                .or(resideInAPackage("java.util.function"))
                .or(
                    DescribedPredicate.describe(
                        "are values",
                        type ->
                            type.getName()
                                .matches(
                                    "java\\.util\\.(Optional|Objects)|java\\.time\\.(Duration|Instant"
                                        + "|temporal\\..*)|dev\\.bugle\\.advertiser\\.leadership"
                                        + "\\.Leadership.*|org\\.jspecify.*|dev\\.bugle\\.k8s\\.lease"
                                        + "\\.(Lease(Fsm|View|Call|Answer|Record|Terms)"
                                        + "|StoredLease|Pace)(\\$.*)?"))))
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.(LeaseElector|Scribe|KubernetesServices)")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.time\\.Clock")
        .check(CLASSES);
  }

  @Test
  void whatBecomesOfAServiceIsPure() {
    noClasses()
        .that()
        .haveNameMatching(
            HERE.replace(".", "\\.")
                + "\\.service\\.(Translation|Assembly|Eligibility|Endpoints|Presence|Addresses|Seat"
                + "|StatusPatch|EventBudget|BackOff)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.concurrent..", "java.io..", "org.slf4j..", HERE + ".api..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(CLASSES);
  }

  @Test
  void onlyTheConnectionAndTheDocumentKnowTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage(HERE + ".api")
        .and()
        .haveSimpleNameNotEndingWith("LeaseDocument")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8..", "tools.jackson..", "java.net.http..")
        .check(CLASSES);
  }
}
