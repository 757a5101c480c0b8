package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the tests of one run have shown, of which feature and which router. The JVMs of a run write
 * a file each into one directory, which {@link InteropPage} reads after all of them have ended.
 *
 * @param outcome what the text is about
 * @param feature empty for an outcome that is about the router alone
 * @param text the test that passed, or why there is none, or a version
 */
record Interop(Outcome outcome, RouterKind router, String feature, String text) {

  enum Outcome {
    /** The router is of this version. */
    VERSION,
    /** The test of this name showed the feature. */
    PASSED,
    /** The router lacks the feature, and that was proved. */
    LACKS,
    /** This host cannot run a test of the feature, for this reason. */
    NOT_RUN
  }

  static void version(RouterKind router, String version) {
    write(new Interop(Outcome.VERSION, router, "", version));
  }

  static void passed(RouterKind router, Feature feature, String test) {
    write(new Interop(Outcome.PASSED, router, feature.name(), test));
  }

  static void lacks(RouterKind router, Feature feature, String reason) {
    write(new Interop(Outcome.LACKS, router, feature.name(), reason));
  }

  static void notRun(RouterKind router, Feature feature, String reason) {
    write(new Interop(Outcome.NOT_RUN, router, feature.name(), reason));
  }

  /** All that this run has written so far. */
  static List<Interop> records() {
    List<Interop> records = new ArrayList<>();
    if (!Files.isDirectory(directory())) {
      return records;
    }
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).forEach(line -> records.add(parse(line)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory(), e);
    }
    return records;
  }

  private static Interop parse(String line) {
    String[] fields = line.split("\t", 4);
    return new Interop(
        Outcome.valueOf(fields[0]), RouterKind.valueOf(fields[1]), fields[2], fields[3]);
  }

  private static void write(Interop entry) {
    String line =
        String.join(
            "\t",
            entry.outcome.name(),
            entry.router.name(),
            entry.feature,
            entry.text.replaceAll("\\s+", " "));
    Path file = directory().resolve(ProcessHandle.current().pid() + ".tsv");
    try {
      Files.createDirectories(directory());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** New for each run of Maven, so that nothing of an earlier one counts. */
  private static Path directory() {
    return Path.of("target", "interop", System.getProperty("bugle.interop.run", "unnamed"));
  }
}
