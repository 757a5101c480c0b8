package dev.bugle.advertiser.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bugle.advertiser.time.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SectionTest {

  private static final Key<Long> SIZE =
      Key.required("size", Types.number("a size", 1, 9), "How large.");
  private static final Key<Duration> HOLD_TIME =
      Key.withDefault(
          "hold-time", Types.duration(Duration.ofSeconds(1), Duration.ofMinutes(1)), "9s", "Time.");
  private static final Key<List<String>> NAMES =
      Key.optional("names", Types.oneOrMore(Types.TEXT), "Names.");
  private static final Section<String> SECTION =
      new Section<>(
          "a thing",
          List.of(SIZE, HOLD_TIME, NAMES),
          v -> v.get(SIZE) + " " + v.get(HOLD_TIME) + " " + v.find(NAMES).orElse(List.of()));

  private final Faults faults = new Faults("f");

  private Optional<String> read(String text) {
    return SECTION.read(Cursor.root(YamlParser.parse(text, faults).orElseThrow(), faults));
  }

  private List<String> messages() {
    return faults.sorted().stream().map(Fault::toString).toList();
  }

  @Test
  void defaultsFillWhatIsLeftOut() {
    assertThat(read("size: 3")).contains("3 PT9S []");
    assertThat(read("size: 3\nhold-time: 500ms")).isEmpty();
    assertThat(read("size: '3'\nhold-time: 20s\nnames: a")).contains("3 PT20S [a]");
    assertThat(read("names: [a, b]\nsize: 9")).contains("9 PT9S [a, b]");
  }

  @Test
  void everyFaultIsReportedAtItsLine() {
    assertThat(read("hold_time: 9s\nhold-time: 9\nhold-time: 9s\nnames:\n  - {}\n  -\nsizes: 4"))
        .isEmpty();

    assertThat(messages())
        .containsExactly(
            "f:1: hold_time: unknown key; did you mean hold-time?; the keys here are size,"
                + " hold-time, names",
            "f:1: size: this key is missing; add a size, 1 to 9",
            "f:2: hold-time: found '9'; expected a duration: a whole number and ms, s, m or h,"
                + " such as 500ms or 9s",
            "f:3: hold-time: this key is written twice, first in line 2; remove one of them",
            "f:5: names[0]: found a mapping; expected text of one line",
            "f:6: names[1]: found nothing; expected text of one line",
            "f:7: sizes: unknown key; did you mean size?; the keys here are size, hold-time,"
                + " names");
  }

  @Test
  void wrongKindsAreNamed() {
    read("[1]");
    read("size: [1]");
    read("size: 0x3");
    read("size: 10");
    read("size: 99999999999999999999");
    read("size: 1\nnames: {a: b}");

    assertThat(messages())
        .containsExactlyInAnyOrder(
            "f:1: found a list; expected a thing with the keys size, hold-time, names",
            "f:1: size: found a list; expected a size, 1 to 9",
            "f:1: size: found '0x3'; expected a size, 1 to 9",
            "f:1: size: found '10'; expected a size, 1 to 9",
            "f:1: size: found '99999999999999999999'; expected a size, 1 to 9",
            "f:2: names: found a mapping; expected text of one line");
  }

  @Test
  void whatTheMakerRefusesIsAFaultOfTheSection() {
    Section<String> picky =
        new Section<>(
            "a thing",
            List.of(SIZE),
            v -> {
              throw new IllegalArgumentException("size does not go with this");
            });
    picky.read(Cursor.root(YamlParser.parse("size: 1", faults).orElseThrow(), faults));
    assertThat(messages()).containsExactly("f:1: size does not go with this");
  }

  @Test
  void aVariantIsChosenByItsType() {
    Section<String> one =
        new Section<>("one", List.of(Variants.TYPE, SIZE), v -> "one " + v.get(SIZE));
    Section<String> two = new Section<>("two", List.of(Variants.TYPE), v -> "two");
    Type<Map<String, String>> type =
        Types.mapOf(new Variants<>("a choice", Map.of("one", one, "two", two)));
    YamlNode node =
        YamlParser.parse(
                """
                a: {type: one, size: 4}
                b: {type: two, size: 4}
                c: {type: three}
                d: {}
                e: 4
                f: {type: [one]}
                """,
                faults)
            .orElseThrow();

    assertThat(type.read(Cursor.root(node, faults))).contains(Map.of("a", "one 4"));
    assertThat(messages())
        .hasSize(5)
        .element(0)
        .isEqualTo("f:2: b.size: unknown key; the keys here are type");
    assertThat(messages().get(1)).contains("f:3: c.type: found 'three'; expected one of: ");
    assertThat(messages().get(2)).contains("f:4: d.type: this key is missing; add one of: ");
    assertThat(messages().get(3)).contains("f:5: e: found '4'; expected a choice with the key");
    assertThat(messages().get(4)).contains("f:6: f.type: found a list; expected one of: ");
  }

  @Test
  void aDefaultThatItsOwnTypeRefusesIsABug() {
    Key<Long> broken = Key.withDefault("size", Types.number("a size", 1, 9), "10", "Broken.");
    assertThatThrownBy(broken::defaultValue).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void durationsPrintAsTheyAreTyped() {
    for (String text : List.of("0ms", "500ms", "1500ms", "9s", "90s", "5m", "1h", "25h")) {
      assertThat(DurationText.of(DurationText.parse(text))).isEqualTo(text);
    }
    assertThat(DurationText.of(DurationText.parse("60s"))).isEqualTo("1m");
  }
}
