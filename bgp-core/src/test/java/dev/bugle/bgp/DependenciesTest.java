package dev.bugle.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a user of this library gets with it. */
class DependenciesTest {

  /** What the library needs. */
  private static final String NEEDED =
      "netty-(buffer|common|resolver|transport|transport-classes-epoll"
          + "|transport-native-(epoll|unix-common))"
          + "|micrometer-(core|commons|observation)|HdrHistogram|LatencyUtils"
          + "|jnr-(ffi|a64asm|x86asm)|jffi|asm(-[a-z]+)?|slf4j-api|jspecify";

  /** What only these tests need. */
  private static final String OF_TESTS =
      "junit-.*|opentest4j.*|apiguardian-api|assertj-core|byte-buddy|archunit|slf4j-simple"
          + "|surefire-.*|maven-surefire-.*|common-java5|org\\.jacoco\\.agent";

  @Test
  void nothingComesAlongButWhatItNeeds() {
    List<String> jars =
        Stream.of(System.getProperty("surefire.test.class.path", "").split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .map(jar -> jar.replaceFirst("-[0-9][^/]*\\.jar$", ""))
            .toList();
    assertThat(jars).as("the jars on the class path").contains("netty-buffer", "slf4j-api");
    assertThat(jars).allMatch(jar -> jar.matches(NEEDED + "|" + OF_TESTS));
  }
}
