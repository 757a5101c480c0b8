package dev.bugle.advertiser;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bugle.advertiser.health.HealthChecks;
import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.bfd.BfdSession;
import dev.bugle.bfd.BfdSpeaker;
import dev.bugle.bgp.Announcement;
import dev.bugle.bgp.BgpSpeaker;
import dev.bugle.bgp.Peer;
import dev.bugle.bgp.PeerListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which room may know which. */
class ArchitectureTest {

  private static final String HERE = "dev.bugle.advertiser";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HERE);

  @Test
  void packagesHaveNoCycles() {
    slices().matching(HERE + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void timeKnowsOnlyTheJdk() {
    onlyDependOn(HERE + ".time", "java..", "org.jspecify..");
  }

  @Test
  void aVipIsAValue() {
    onlyDependOn(
        HERE + ".vip",
        "java..",
        "org.jspecify..",
        HERE + ".time",
        "dev.bugle.bgp",
        "dev.bugle.bgp.rib",
        "dev.bugle.bgp.wire..");
  }

  @Test
  void aSourceKnowsOnlyWhatItStates() {
    onlyDependOn(
        HERE + ".source",
        "java..",
        "org.jspecify..",
        "io.micrometer.core..",
        HERE + ".config.yaml",
        HERE + ".health",
        HERE + ".leadership",
        HERE + ".time",
        HERE + ".vip");
  }

  @Test
  void readingYamlKnowsNothingOfBgp() {
    onlyDependOn(
        HERE + ".config.yaml", "java..", "org.jspecify..", "org.snakeyaml..", HERE + ".time");
  }

  @Test
  void onlyReadingYamlKnowsTheParser() {
    noClasses()
        .that(not(resideInAPackage(HERE + ".config.yaml")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(CLASSES);
  }

  @Test
  void configurationKnowsTheValuesOfTheProtocolsAndNothingThatRuns() {
    onlyDependOn(
        HERE + ".config",
        "java..",
        "org.jspecify..",
        "io.micrometer.core.instrument",
        HERE + ".config.yaml",
        HERE + ".leadership",
        HERE + ".time",
        HERE + ".health",
        HERE + ".source",
        HERE + ".vip",
        "dev.bugle.bgp",
        "dev.bugle.bgp.rib",
        "dev.bugle.bgp.session",
        "dev.bugle.bgp.wire..",
        "dev.bugle.bfd",
        "dev.bugle.bfd.wire..");
  }

  @Test
  void configurationMakesNoElector() {
    noClasses()
        .that()
        .resideInAPackage(HERE + ".config")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Elector.class)
        .check(CLASSES);
  }

  @Test
  void theAdminServerKnowsNothingOfWhatItServes() {
    onlyDependOn(
        HERE + ".admin",
        "java..",
        "javax.net.ssl..",
        "org.jspecify..",
        "org.slf4j..",
        "io.netty..",
        HERE + ".config",
        HERE + ".json",
        HERE + ".pem",
        HERE + ".time",
        "dev.bugle.bgp.wire");
  }

  @Test
  void onlyJsonKnowsItsParser() {
    onlyDependOn(HERE + ".json", "java..", "org.jspecify..", "com.fasterxml.jackson.core..");
    noClasses()
        .that(not(resideInAPackage(HERE + ".json")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(CLASSES);
  }

  @Test
  void leadershipKnowsOnlyTimeLocksTheNotationOfItsKeysAndTheJdk() {
    onlyDependOn(
        HERE + ".leadership",
        "java..",
        "org.jspecify..",
        HERE + ".config.yaml",
        HERE + ".lock",
        HERE + ".time");
  }

  /** A leadership that ends by the clock on the wall ends when somebody sets that clock. */
  @Test
  void leadershipAndItsFencingDoNotReadTheWallClock() {
    noClasses()
        .that(resideInAPackage(HERE + ".leadership"))
        .or()
        .haveNameMatching(
            "dev\\.bugle\\.advertiser\\.(Intent|Factors|Handovers|Reconcile[a-zA-Z]*)")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.time\\.(Clock|Instant|[A-Za-z]*DateTime|Local.*)|java\\.util\\.(Date|Calendar)")
        .check(CLASSES);
  }

  @Test
  void healthKnowsOnlyTimeAddressesAndTheJdk() {
    onlyDependOn(
        HERE + ".health",
        "java..",
        "javax.net.ssl..",
        "org.jspecify..",
        "org.slf4j..",
        HERE + ".pem",
        HERE + ".time",
        "dev.bugle.bgp.wire");
    onlyDependOn(HERE + ".pem", "java..", "org.jspecify..");
    noClasses()
        .that()
        .resideInAPackage(HERE + ".config")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(HealthChecks.class)
        .check(CLASSES);
    noClasses()
        .that()
        .haveSimpleName("HealthFsm")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.(io|net|nio|util\\.concurrent|util\\.Random).*|org\\.slf4j.*|.*Ticker")
        .check(CLASSES);
  }

  @Test
  void mrtKnowsTheSpeakerAndNothingOfTheAdvertiser() {
    onlyDependOn(
        HERE + ".mrt",
        "java..",
        "org.jspecify..",
        HERE + ".json",
        HERE + ".mrt",
        "dev.bugle.bgp..");
  }

  @Test
  void locksKnowOnlyTheJdk() {
    onlyDependOn(HERE + ".lock", "java..", "org.jspecify..");
  }

  @Test
  void addressesKnowTheSystemAndNothingOfSessions() {
    onlyDependOn(
        HERE + ".addresses",
        "java..",
        "org.jspecify..",
        "org.slf4j..",
        HERE + ".time",
        HERE + ".lock",
        "dev.bugle.bgp.wire",
        "dev.bugle.bgp.linux");
    noClasses()
        .that(not(resideInAPackage(HERE + ".addresses")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.bugle.bgp.linux", "dev.bugle.bfd.linux")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheProgram() {
    noClasses()
        .that(not(resideInAPackage(HERE + ".cli")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HERE + ".cli", "picocli..")
        .check(CLASSES);
    noClasses()
        .that(not(resideInAPackage(HERE + ".cli")).and(not(resideInAPackage(HERE + ".demo"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(HERE + ".demo")
        .check(CLASSES);
  }

  @Test
  void onlyTheAdaptersAndTheEntryTouchWhatLivesInASpeaker() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "dev\\.bugle\\.advertiser\\.(PeerWatch|PeerNews|SpeakerSink(\\$.*)?|Ranges|Running|Neighbors(\\$.*)?|Advertiser|demo\\..*|mrt\\..*)")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(BgpSpeaker.class, Peer.class, Announcement.class, PeerListener.class)
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.bugle\\.advertiser\\.(BfdCoupling|BfdLink|PathRelay)")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(BfdSpeaker.class, BfdSession.class)
        .check(CLASSES);
  }

  @Test
  void decidingIsPure() {
    noClasses()
        .that()
        .haveSimpleName("Intent")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.(io|net|nio|time|util\\.concurrent|util\\.Random).*|org\\.slf4j.*")
        .check(CLASSES);
  }

  private static void onlyDependOn(String room, String... allowed) {
    List<String> rooms = new ArrayList<>(List.of(allowed));
    rooms.add(room);
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(rooms.toArray(String[]::new))
        .check(CLASSES);
  }
}
