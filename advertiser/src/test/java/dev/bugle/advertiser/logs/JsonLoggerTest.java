package dev.bugle.advertiser.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Place;
import dev.bugle.advertiser.json.Json;
import dev.bugle.advertiser.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class JsonLoggerTest {

  private static String logged(Runnable what) {
    PrintStream before = System.err;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
    try {
      what.run();
    } finally {
      System.setErr(before);
    }
    return lines.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aMessageIsOneLineWhateverIsInIt() throws Exception {
    JsonLogger logger = new JsonLogger("a.b", Level.INFO.toInt());
    String text =
        logged(
            () ->
                logger.warn(
                    "peer {}: {}", "x\n\"\u0000\u2028é", 3, new IllegalStateException("no")));
    assertThat(text.lines()).hasSize(1);
    Json json = JsonText.read(text.strip());
    assertThat(json.find("message")).contains(Json.of("peer x\n\"\u0000\u2028é: 3"));
    assertThat(json.find("level")).contains(Json.of("WARN"));
    assertThat(json.find("logger")).contains(Json.of("a.b"));
    assertThat(json.find("exception").flatMap(Json::text).orElseThrow())
        .startsWith("java.lang.IllegalStateException: no")
        .contains("\tat ");
    assertThat(logged(() -> logger.debug("not"))).isEmpty();
  }

  @Test
  void aFaultOfTheConfigurationIsThereInPartsAsWell() throws Exception {
    JsonLogger logger = new JsonLogger("a.b", Level.INFO.toInt());
    Fault fault = new Fault(new Place("b.yaml", 3), "vips[0].med", "found 'no'; expected a number");
    Json json = JsonText.read(logged(() -> logger.error("reload: {}", fault)).strip());
    assertThat(json.find("message"))
        .contains(Json.of("reload: b.yaml:3: vips[0].med: found 'no'; expected a number"));
    assertThat(json.find("source")).contains(Json.of("b.yaml"));
    assertThat(json.find("line")).contains(Json.of(3));
    assertThat(json.find("key")).contains(Json.of("vips[0].med"));
    assertThat(json.find("fault")).contains(Json.of("found 'no'; expected a number"));

    Fault whole = new Fault(new Place("b.yaml", 0), "", "there is no such file");
    Json other = JsonText.read(logged(() -> logger.error("{}", whole)).strip());
    assertThat(other.find("message")).contains(Json.of("b.yaml: there is no such file"));
    assertThat(other.find("line")).isEmpty();
    assertThat(other.find("key")).isEmpty();
  }

  @Test
  void levelsAreThoseOfSimpleLogger() {
    Properties said = new Properties();
    said.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    said.setProperty("org.slf4j.simpleLogger.log.dev.bugle", "debug");
    Levels levels = Levels.of(said);
    assertThat(levels.of("dev.bugle.bgp.Peer")).isEqualTo(Level.DEBUG.toInt());
    assertThat(levels.of("dev.bugleish")).isEqualTo(Level.WARN.toInt());
    assertThat(Levels.of(new Properties()).of("x")).isEqualTo(Level.INFO.toInt());
  }
}
