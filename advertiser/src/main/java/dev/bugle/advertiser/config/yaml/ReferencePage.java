package dev.bugle.advertiser.config.yaml;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The reference of a configuration as Markdown: a table for each section, made of the keys that
 * read the file. A section that is used in several places is told once, where it is met first.
 */
public final class ReferencePage {

  private static final String NOTHING = "–";

  /** A section that is still to be told, under its path; of a kind, if it is a variant. */
  private record Chapter(String path, Section<?> section, Optional<String> kind) {

    String title() {
      return (path.isEmpty() ? "The whole file" : "`" + path + "`")
          + kind.map(name -> ", type `" + name + "`").orElse("");
    }

    /** As Markdown's usual renderers make it of the title. */
    String anchor() {
      return title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }
  }

  private final StringBuilder out = new StringBuilder();
  private final List<Chapter> found = new ArrayList<>();
  private final IdentityHashMap<Section<?>, Chapter> known = new IdentityHashMap<>();

  private ReferencePage() {}

  /** The tables of that section and of all that are within it. */
  public static String of(Section<?> root) {
    ReferencePage page = new ReferencePage();
    page.discover(new Chapter("", root, Optional.empty()));
    page.tellWhatWasFound();
    return page.out.toString();
  }

  /** Each is followed by those that are within it. */
  private void tellWhatWasFound() {
    List<Chapter> chapters = List.copyOf(found);
    found.clear();
    for (Chapter chapter : chapters) {
      tell(chapter);
      tellWhatWasFound();
    }
  }

  private Chapter discover(Chapter chapter) {
    Chapter first = known.putIfAbsent(chapter.section(), chapter);
    if (first == null) {
      found.add(chapter);
    }
    return first == null ? chapter : first;
  }

  private void tell(Chapter chapter) {
    out.append("\n## ")
        .append(chapter.title())
        .append("\n\n| key | type | unit | default | example | meaning |\n")
        .append("|---|---|---|---|---|---|\n");
    for (Key<?> key : chapter.section().keys()) {
      String path = chapter.path().isEmpty() ? key.name() : chapter.path() + "." + key.name();
      boolean isKind = chapter.kind().isPresent() && key.name().equals(Variants.TYPE.name());
      String example = isKind ? chapter.kind().orElseThrow() : key.example().orElse(NOTHING);
      row(
          code(key.name()),
          isKind ? code(example) : type(key.type(), path),
          key.type().unit().orElse(NOTHING),
          whenLeftOut(key),
          code(example),
          key.documentation());
    }
  }

  private void row(String... cells) {
    out.append("| ");
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : " | ").append(cells[i].replace("|", "\\|"));
    }
    out.append(" |\n");
  }

  private static String code(String text) {
    return text.equals(NOTHING) ? text : "`" + text + "`";
  }

  private static String whenLeftOut(Key<?> key) {
    if (key.isRequired()) {
      return key.alternative().map(other -> "required without " + code(other)).orElse("required");
    }
    return key.defaultText().map(ReferencePage::code).orElse(NOTHING);
  }

  /** The type in words, with links where it has sections. */
  private String type(Type<?> type, String path) {
    if (type.shape() instanceof Shape.Keys keys) {
      return link(discover(new Chapter(path, keys.section(), Optional.empty())), path);
    } else if (type.shape() instanceof Shape.Kinds kinds) {
      List<String> links =
          kinds.variants().sections().entrySet().stream()
              .map(kind -> new Chapter(path, kind.getValue(), Optional.of(kind.getKey())))
              .map(kind -> link(discover(kind), kind.kind().orElseThrow()))
              .toList();
      return "one of the types " + String.join(", ", links);
    } else if (type.shape() instanceof Shape.Items items) {
      return "a list of " + type(items.item(), path + "[]");
    } else if (type.shape() instanceof Shape.Names names) {
      return "names, each with " + type(names.value(), path + ".NAME");
    } else if (type.shape() instanceof Shape.Either either) {
      return either(either, path);
    }
    return type.description();
  }

  private String either(Shape.Either either, String path) {
    boolean isList =
        either.full().shape() instanceof Shape.Items items && items.item() == either.brief();
    return isList
        ? type(either.brief(), path + "[]") + "; or a list of such"
        : type(either.brief(), path) + "; or " + type(either.full(), path);
  }

  private static String link(Chapter chapter, String text) {
    return "[" + code(text) + "](#" + chapter.anchor() + ")";
  }
}
