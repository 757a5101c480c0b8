package dev.bugle.advertiser.config.yaml;

import dev.bugle.advertiser.config.yaml.YamlNode.Entry;
import dev.bugle.advertiser.config.yaml.YamlNode.Mapping;
import dev.bugle.advertiser.config.yaml.YamlNode.Scalar;
import dev.bugle.advertiser.config.yaml.YamlNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree of one YAML document from the parser's events.
 *
 * <p>It works on events rather than on composed nodes because composing recurses and resolves
 * aliases: a hostile document would overflow the stack or blow up in size before anything could
 * refuse it.
 */
public final class YamlParser {

  private static final int DEEPEST = 16;

  /** Stops the reading where going on would make no sense; the message is for the user. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String reason;

    Refused(Event event, String reason) {
      super(reason, null, false, false);
      this.reason = reason;
      this.line = YamlParser.line(event.getStartMark());
    }
  }

  /** A collection whose end has not been read yet. */
  private final class Open {
    private final CollectionStartEvent start;
    private final List<YamlNode> items = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private Optional<Scalar> key = Optional.empty();

    Open(CollectionStartEvent start) {
      this.start = start;
    }

    void add(YamlNode node, Event event) throws Refused {
      if (!(start instanceof MappingStartEvent)) {
        items.add(node);
      } else if (key.isPresent()) {
        entries.add(new Entry(key.get().place(), key.get().text(), node));
        key = Optional.empty();
      } else if (node instanceof Scalar scalar) {
        key = Optional.of(scalar);
      } else {
        throw new Refused(event, "found " + node.found() + " as a key; a key is a plain word");
      }
    }

    YamlNode close() {
      Place place = place(start);
      return start instanceof MappingStartEvent
          ? new Mapping(place, entries)
          : new Sequence(place, items);
    }
  }

  private final IntFunction<Place> places;
  private final Deque<Open> open = new ArrayDeque<>();
  private Optional<YamlNode> root = Optional.empty();

  private YamlParser(IntFunction<Place> places) {
    this.places = places;
  }

  /** The root node of a file's text; empty when there is none, or a fault was added. */
  public static Optional<YamlNode> parse(String text, Faults faults) {
    return parse(text, faults::at, faults, e -> problem(e, text));
  }

  /**
   * The value that was written elsewhere than in the file; nothing when it is empty. A fault shows
   * nothing of the text, which the user knows and others need not.
   *
   * @return empty when a fault was added
   */
  static Optional<YamlNode> parseValue(String text, Place place, Faults faults) {
    int before = faults.count();
    Optional<YamlNode> root =
        parse(text, line -> place, faults, e -> "this is not YAML: " + e.getProblem());
    return root.isEmpty() && faults.count() == before
        ? Optional.of(new Scalar(place, "", true))
        : root;
  }

  private static Optional<YamlNode> parse(
      String text,
      IntFunction<Place> places,
      Faults faults,
      Function<MarkedYamlEngineException, String> problem) {
    try {
      YamlParser parser = new YamlParser(places);
      LoadSettings settings = LoadSettings.builder().setParseComments(false).build();
      ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
      while (events.hasNext()) {
        parser.accept(events.next());
      }
      return parser.root;
    } catch (Refused e) {
      faults.add(places.apply(e.line), "", e.reason);
    } catch (MarkedYamlEngineException e) {
      faults.add(places.apply(line(e.getProblemMark())), "", problem.apply(e));
    } catch (YamlEngineException e) {
      faults.add(places.apply(0), "", "this is not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private void accept(Event event) throws Refused {
    if (event instanceof AliasEvent
        || (event instanceof NodeEvent n && n.getAnchor().isPresent())) {
      throw new Refused(
          event, "found a YAML anchor or alias (& or *); write the value out where it is used");
    }
    if (event instanceof DocumentStartEvent && root.isPresent()) {
      throw new Refused(event, "found a second YAML document ('---'); expected only one");
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(event, scalar.getTag());
      add(new Scalar(place(event), scalar.getValue(), scalar.isPlain()), event);
    } else if (event instanceof CollectionStartEvent start) {
      refuseTag(event, start.getTag());
      if (open.size() == DEEPEST) {
        throw new Refused(event, "found values nested deeper than " + DEEPEST + " levels");
      }
      open.push(new Open(start));
    } else if (event instanceof CollectionEndEvent) {
      add(open.pop().close(), event);
    }
  }

  private static void refuseTag(Event event, Optional<String> tag) throws Refused {
    if (tag.isPresent()) {
      String written = tag.get().replaceFirst("^tag:yaml\\.org,2002:", "!!");
      throw new Refused(event, "found the YAML tag " + Quoted.of(written) + "; remove it");
    }
  }

  private void add(YamlNode node, Event event) throws Refused {
    Open parent = open.peek();
    if (parent == null) {
      root = Optional.of(node);
    } else {
      parent.add(node, event);
    }
  }

  private static String problem(MarkedYamlEngineException e, String text) {
    String line =
        text.lines().skip(Math.max(0, line(e.getProblemMark()) - 1)).findFirst().orElse("");
    if (line.stripTrailing().indexOf('\t') >= 0 && line.strip().indexOf('\t') < 0) {
      return "found a tab in the indentation; YAML indents with spaces only";
    }
    String context = e.getContext();
    return "this is not YAML: "
        + (context == null || context.isBlank() ? "" : context + ", ")
        + e.getProblem()
        // A password that breaks the syntax is one all the same.
        + (line.isBlank() || line.contains("password")
            ? ""
            : " (the line is " + Quoted.of(line.strip()) + ")");
  }

  private Place place(Event event) {
    return places.apply(line(event.getStartMark()));
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }
}
