package dev.bugle.bgp;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.bugle.bgp.wire.BgpError;
import dev.bugle.bgp.wire.BgpException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rooms of this module: who may know whom, and what may not be in the house at all. */
class LayersTest {

  private static final String ROOT = "dev.bugle.bgp";
  private static final String WIRE = ROOT + ".wire..";
  private static final String SESSION = ROOT + ".session..";
  private static final String RIB = ROOT + ".rib..";
  private static final String RECORDING = ROOT + ".recording..";
  private static final String BMP = ROOT + ".bmp..";
  private static final String MRT = ROOT + ".mrt..";
  private static final String LINUX = ROOT + ".linux..";

  /** Annotations have no code; the JDK's way to time, chance and the outside has rules below. */
  private static final String[] EVERYWHERE = {"java..", "org.jspecify.annotations.."};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void wireKnowsTheJdkAndBuffers() {
    check(onlyDependsOn(WIRE, WIRE, "io.netty.buffer.."));
  }

  @Test
  void sessionKnowsTheJdkAndWire() {
    check(onlyDependsOn(SESSION, SESSION, WIRE));
  }

  @Test
  void ribKnowsTheJdkAndWire() {
    check(onlyDependsOn(RIB, RIB, WIRE, "com.google.common.."));
  }

  @Test
  void recordingKnowsTheJdkTheSessionAndWire() {
    check(onlyDependsOn(RECORDING, RECORDING, SESSION, WIRE, "io.netty.buffer..", "org.slf4j.."));
  }

  @Test
  void mrtAndBmpKnowTheJdkWireAndBuffers() {
    check(onlyDependsOn(BMP, BMP, WIRE, "io.netty.buffer.."));
    check(onlyDependsOn(MRT, MRT, WIRE, "io.netty.buffer.."));
  }

  @Test
  void linuxKnowsTheJdkAndNativeCodeAndNothingOfBgp() {
    check(onlyDependsOn(LINUX, LINUX, "jnr.ffi.."));
  }

  @Test
  void onlyLinuxKnowsNativeCode() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(LINUX)
            .should()
            .dependOnClassesThat(resideInAnyPackage("jnr..", "com.kenai.jffi..")));
  }

  @Test
  void theRoomsHaveNoClockThreadChanceOrSocket() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(WIRE, SESSION, RIB)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.util.concurrent..",
                        "java.nio.channels..",
                        "java.io..",
                        "java.util.logging..")
                    .or(named("java\\.util\\.(Random|Timer|TimerTask|Date|random\\..*)"))
                    .or(named("java\\.security\\.SecureRandom"))
                    .or(named("java\\.time\\.(Clock|Instant|.*Date.*|.*Time|Year.*)"))
                    .or(named("java\\.net\\.(?!InetAddress|Inet[46]Address|UnknownHost).*"))
                    .or(named("java\\.lang\\.(Thread.*|Process.*|Runtime)")))
            .as("wire, session and rib have no clock, thread, random, file or socket"));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(WIRE, SESSION, RIB)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(WIRE, SESSION, RIB, RECORDING, LINUX, MRT, BMP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .as("no room knows the root"));
  }

  @Test
  void packagesAreAtMostTwoLevelsBelowTheRoot() {
    assertThat(packages())
        .allSatisfy(
            name ->
                assertThat(name.substring(ROOT.length()).chars().filter(c -> c == '.').count())
                    .as(name)
                    .isLessThanOrEqualTo(2));
  }

  @Test
  void noPackageIsCalledAfterNothing() {
    assertThat(packages())
        .noneMatch(
            name -> name.matches(".*\\.(impl|internal|util|utils|helper|helpers|common|misc)"));
  }

  @Test
  void everyPackageHasItsChapterAndIsNullMarked() {
    CLASSES.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .filter(room -> room.getName().startsWith(ROOT))
        .forEach(
            room ->
                assertThat(room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .as(room.getName() + " is @NullMarked in its package-info")
                    .isTrue());
  }

  @Test
  void classesAreNamedForAnIdea() {
    Pattern vague =
        Pattern.compile(
            ".*(Impl|Manager|Helper|Helpers|Util|Utils|Base)|Abstract[A-Z].*|I[A-Z][a-z].*");
    check(
        noClasses()
            .should(be(describe("named vaguely", c -> vague.matcher(c.getSimpleName()).matches())))
            .as(
                "no class is named Impl, Manager, Helper, Util, Base, Abstract, or with an I"
                    + " before"));
  }

  @Test
  void accessorsHaveNoGet() {
    check(noMethods().that().arePublic().should().haveNameMatching("get[A-Z].*"));
  }

  @Test
  void constructorsTakeAtMostFourParametersUnlessTheyAreRecords() {
    CLASSES.stream()
        .filter(c -> !c.isRecord() && !c.isEnum() && !c.isAnonymousClass())
        .forEach(
            c ->
                assertThat(c.getConstructors())
                    .as(c.getName())
                    .allMatch(constructor -> constructor.getRawParameterTypes().size() <= 4));
  }

  @Test
  void theFaultOfAPeerIsStackless() {
    Throwable fault = new BgpException(BgpError.CEASE, "found");
    assertThat(fault.getStackTrace()).isEmpty();
  }

  private static ArchRule onlyDependsOn(String room, String... others) {
    return classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(others)
                .or(resideInAnyPackage(EVERYWHERE))
                // the array of a primitive, and code coverage, are in no package
                .or(describe("primitive", JavaClass::isPrimitive)));
  }

  private static DescribedPredicate<JavaClass> named(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return describe("named " + regex, c -> pattern.matcher(c.getName()).matches());
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static List<String> packages() {
    return CLASSES.stream()
        .map(JavaClass::getPackage)
        .map(JavaPackage::getName)
        .filter(name -> name.startsWith(ROOT))
        .distinct()
        .toList();
  }
}
