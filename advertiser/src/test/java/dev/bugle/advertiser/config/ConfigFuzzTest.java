package dev.bugle.advertiser.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.advertiser.config.yaml.Fault;
import dev.bugle.advertiser.config.yaml.Setting;
import dev.bugle.advertiser.config.yaml.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file says, it is a configuration or it is refused with faults that can be printed; it
 * never throws anything else, and takes neither long nor much. {@code -Dbugle.config.fuzz=N} spoils
 * N documents, {@code -Dbugle.config.fuzz.seed=N} begins with another one.
 */
class ConfigFuzzTest {

  private static final int DOCUMENTS = Integer.getInteger("bugle.config.fuzz", 6_000);
  private static final long SEED = Long.getLong("bugle.config.fuzz.seed", 20_261_127L);

  /** What no document may take, on a machine that does other things, too. */
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** Whether it is a configuration. */
  private static boolean judge(byte[] document, Settings settings, String what) {
    boolean valid = true;
    long start = cpuNanos();
    try {
      ConfigFile.parse("b.yaml", document, settings);
    } catch (InvalidConfigException e) {
      valid = false;
      assertThat(e.faults()).as(what).isNotEmpty().hasSizeLessThanOrEqualTo(101);
      e.faults().forEach(fault -> judge(fault, what));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what + ": " + new String(document, UTF_8), e);
    }
    assertThat(Duration.ofNanos(cpuNanos() - start)).as(what).isLessThan(LIMIT);
    return valid;
  }

  /** What others on the machine take does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void judge(Fault fault, String what) {
    assertThat(fault.message()).as(what).isNotBlank().isNotEqualTo("null");
    assertThat(fault.toString())
        .as(what)
        .matches("(?s)(b\\.yaml(:\\d+)?|--set .*|BUGLE_.*): .+")
        .doesNotContain("java.lang", "java.util", "Exception")
        .hasSizeLessThan(2_000);
    assertThat(fault.toString().codePoints().filter(ConfigFuzzTest::isUnprintable))
        .as("%s: %s", what, fault)
        .isEmpty();
  }

  private static boolean isUnprintable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR;
  }

  private static List<String> seeds() throws Exception {
    String sample = Files.readString(Path.of("../examples/bugle.yaml"));
    return List.of(
        sample,
        sample.replaceAll("(?m)^( *)# ([- ] *)?(\\w[\\w-]*:.*)$", "$1$2$3"),
        AllKeys.document(RootSection.TYPE));
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void spoiltDocumentsAreRefusedOrRead() throws Exception {
    List<String> seeds = seeds();
    List<String> words = AllKeys.of(RootSection.TYPE).stream().map(k -> k.key().name()).toList();
    int valid = 0;
    for (long seed = SEED; seed < SEED + DOCUMENTS; seed++) {
      Random random = new Random(seed);
      String document = seeds.get(random.nextInt(seeds.size()));
      byte[] spoilt = new Mutations(random, words).spoil(document);
      valid += judge(spoilt, Settings.NONE, "seed " + seed) ? 1 : 0;
    }
    assertThat(valid).as("documents that are still valid").isBetween(1, DOCUMENTS / 2);
  }

  @Test
  void spoiltSettingsAreRefusedOrRead() throws Exception {
    byte[] sample = seeds().get(0).getBytes(UTF_8);
    List<AllKeys.Placed> keys = AllKeys.of(RootSection.TYPE);
    for (long seed = SEED; seed < SEED + DOCUMENTS / 3; seed++) {
      Random random = new Random(seed);
      AllKeys.Placed key = keys.get(random.nextInt(keys.size()));
      Mutations mutations = new Mutations(random, List.of(key.key().name()));
      String value = new String(mutations.spoil(key.example().orElseThrow()), UTF_8);
      String name = key.path().replaceAll("\\[(\\d)]", "__$1").replace(".", "__").replace('-', '_');
      Settings settings =
          new Settings(
              Environment.settings(
                  Map.of("BUGLE_" + name.toUpperCase(java.util.Locale.ROOT), value)),
              List.of(Setting.assignment("--set", key.path() + "=" + value)));
      judge(sample, settings, "seed " + seed);
    }
  }

  /** Every key alone with its example reaches its own type also from beside the file. */
  @Test
  void theExampleOfEveryKeyCanBeSet() throws Exception {
    byte[] sample = "{}".getBytes(UTF_8);
    for (AllKeys.Placed key : AllKeys.of(RootSection.TYPE)) {
      Setting flag = Setting.assignment("--set", key.path() + "=" + key.example().orElseThrow());
      try {
        ConfigFile.parse("b.yaml", sample, new Settings(List.of(), List.of(flag)));
      } catch (InvalidConfigException e) {
        assertThat(e.faults()).as("%s", key).noneMatch(f -> f.message().contains("is no key"));
      }
    }
  }

  static Stream<Arguments> monsters() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 40; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    String vip = "{prefix: 203.0.113.10/32, leadership: a},";
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      names.append("n").append(i).append(": {type: always},");
    }
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < 80_000; i++) {
      keys.append("key-").append(i).append(":\n");
    }
    StringBuilder badNames = new StringBuilder("leadership:\n");
    for (int i = 0; i < 40_000; i++) {
      badNames.append(" '?").append(i).append("': {}\n");
    }
    return Stream.of(
        Arguments.of("billion laughs", laughs.toString()),
        Arguments.of("unknown keys", keys.toString()),
        Arguments.of("one key again and again", "speaker:\n".repeat(100_000)),
        Arguments.of("names that are none", badNames.toString()),
        Arguments.of("a list of nothing", "peers: [" + "a,".repeat(500_000) + "]"),
        Arguments.of("VIPs without leadership", "vips: [" + vip.repeat(24_000) + "]"),
        Arguments.of(
            "VIPs and leadership apart",
            "leadership: {" + names + "}\nvips: [" + vip.repeat(12_000) + "]"),
        Arguments.of("a long key", "? " + "k".repeat(1_000_000) + "\n: v\n"),
        Arguments.of("a long value", "speaker: {router-id: " + "1".repeat(1_000_000) + "}"),
        Arguments.of("a long address", "speaker: {router-id: '" + "1.".repeat(500_000) + "'}"),
        Arguments.of("a long community", "vips: [{communities: '" + "1:".repeat(500_000) + "'}]"),
        Arguments.of("deep lists", "[".repeat(1_000_000)),
        Arguments.of("deep mappings", "{a: ".repeat(250_000)),
        Arguments.of("deep blocks", "- ".repeat(500_000)),
        Arguments.of("question marks", "? ".repeat(500_000)),
        Arguments.of("colons", ": ".repeat(500_000)),
        Arguments.of("quotes", "'".repeat(1_000_000)),
        Arguments.of("escapes", "a: \"" + "\\x41".repeat(250_000) + "\""),
        Arguments.of("comments", "#\n".repeat(500_000)),
        Arguments.of("anchors", "&a ".repeat(300_000)),
        Arguments.of("tags", "!!a ".repeat(250_000)),
        Arguments.of("documents", "---\n".repeat(250_000)),
        Arguments.of("directives", "%YAML 1.2\n".repeat(100_000)),
        Arguments.of("spaces", " ".repeat(1_000_000)),
        Arguments.of("line ends", "\r".repeat(1_000_000)),
        Arguments.of("NUL", "\0".repeat(1_000)),
        Arguments.of("a block of text", "a: |\n" + "  x\n".repeat(250_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("monsters")
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void monstersAreRefusedInTime(String name, String document) {
    assertThat(document.length()).isLessThanOrEqualTo(1 << 20);
    judge(document.getBytes(UTF_8), Settings.NONE, name);
    List<Setting> flags = new ArrayList<>();
    flags.add(Setting.assignment("--set", "speaker.shutdown-message=" + document));
    judge("{}".getBytes(UTF_8), new Settings(List.of(), flags), name + " in a flag");
  }
}
