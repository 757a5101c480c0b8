package dev.bugle.advertiser.config.yaml;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is given beside the file: variables of the environment count before the file, and flags
 * before both.
 *
 * @param variables in any order
 * @param flags in the order in which they were given; the last of one path counts
 */
public record Settings(List<Setting> variables, List<Setting> flags) {

  /** Nothing beside the file. */
  public static final Settings NONE = new Settings(List.of(), List.of());

  /** Copies the lists. */
  public Settings {
    variables = variables.stream().sorted(Setting.BY_PATH).toList();
    flags = List.copyOf(flags);
  }

  /** The document with all of them. */
  public YamlNode applyTo(YamlNode root, Type<?> type, Faults faults) {
    YamlNode document = root;
    for (Setting setting : all()) {
      document = setting.applyTo(document, type, faults);
    }
    return document;
  }

  /** In the order in which they are applied. */
  public List<Setting> all() {
    return Stream.concat(variables.stream(), flags.stream()).toList();
  }
}
