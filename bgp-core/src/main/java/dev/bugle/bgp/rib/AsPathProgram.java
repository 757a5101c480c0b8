package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.attribute.AsPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An {@link AsPathExpression} as steps that are tried side by side: after each AS number the set of
 * steps that may come next is known, and no path is gone through twice.
 */
final class AsPathProgram {

  private enum Kind {
    /** The number at this place is in the range. */
    NUMBER,
    /** Nothing is before this place. */
    BEGINNING,
    /** Nothing is at this place or behind it. */
    END,
    /** Go on with the next step, and with the target. */
    FORK,
    /** Go on with the target. */
    JUMP,
    /** It is found. */
    FOUND
  }

  private record Step(Kind kind, long low, long high, int target) {
    Step(Kind kind) {
      this(kind, 0, 0, 0);
    }

    boolean admits(List<Long> numbers) {
      for (long number : numbers) {
        if (number >= low && number <= high) {
          return true;
        }
      }
      return false;
    }
  }

  private final List<Step> steps;

  private AsPathProgram(List<Step> steps) {
    this.steps = steps;
  }

  static AsPathProgram of(AsPathTerm term) {
    Writer writer = new Writer();
    term.writeTo(writer);
    writer.steps.add(new Step(Kind.FOUND));
    return new AsPathProgram(List.copyOf(writer.steps));
  }

  /** Takes down the steps one after the other. */
  static final class Writer {
    private final List<Step> steps = new ArrayList<>();

    void number(long low, long high) {
      steps.add(new Step(Kind.NUMBER, low, high, 0));
    }

    void beginning() {
      steps.add(new Step(Kind.BEGINNING));
    }

    void end() {
      steps.add(new Step(Kind.END));
    }

    /** Goes on here and, when it is known, at another step. */
    int fork() {
      steps.add(new Step(Kind.FORK));
      return steps.size() - 1;
    }

    /** Goes on here and at that step. */
    void forkTo(int target) {
      steps.add(new Step(Kind.FORK, 0, 0, target));
    }

    /** Goes on at another step when it is known. */
    int jump() {
      steps.add(new Step(Kind.JUMP));
      return steps.size() - 1;
    }

    /** Says that it is the next step which a fork or jump leads to. */
    void leadHere(int from) {
      steps.set(from, new Step(steps.get(from).kind(), 0, 0, steps.size()));
    }

    /** The number of the next step. */
    int position() {
      return steps.size();
    }
  }

  /** Whether it is found in the path, wherever it begins there. */
  boolean isFoundIn(AsPath path) {
    List<List<Long>> places = places(path);
    Threads now = new Threads(steps.size());
    Threads next = new Threads(steps.size());
    for (int at = 0; at <= places.size(); at++) {
      boolean isLast = at == places.size();
      if (follow(now, 0, at == 0, isLast)) {
        return true;
      }
      if (isLast) {
        return false;
      }
      next.clear();
      for (int i = 0; i < now.count; i++) {
        int step = now.waiting[i];
        if (steps.get(step).admits(places.get(at))
            && follow(next, step + 1, false, at + 1 == places.size())) {
          return true;
        }
      }
      Threads spare = now;
      now = next;
      next = spare;
    }
    return false;
  }

  /** The numbers at each place; members of a confederation have none. */
  private static List<List<Long>> places(AsPath path) {
    List<List<Long>> places = new ArrayList<>();
    for (AsPath.Segment segment : path.segments()) {
      switch (segment.type()) {
        case AS_SEQUENCE -> segment.asns().forEach(asn -> places.add(List.of(asn)));
        case AS_SET -> places.add(segment.asns());
        case AS_CONFED_SEQUENCE, AS_CONFED_SET -> {}
      }
    }
    return places;
  }

  /** The steps that wait for the number at one place, each once. */
  private static final class Threads {
    private final boolean[] seen;
    private final int[] waiting;
    private final int[] open;
    private int count;

    Threads(int size) {
      seen = new boolean[size];
      waiting = new int[size];
      open = new int[size];
    }

    void clear() {
      Arrays.fill(seen, false);
      count = 0;
    }
  }

  /** Adds the steps that wait behind this one; whether it is found by that. */
  private boolean follow(Threads threads, int start, boolean isFirst, boolean isLast) {
    int opened = open(threads, start, 0);
    while (opened > 0) {
      int at = threads.open[--opened];
      Step step = steps.get(at);
      switch (step.kind()) {
        case FOUND -> {
          return true;
        }
        case NUMBER -> threads.waiting[threads.count++] = at;
        case BEGINNING -> opened = isFirst ? open(threads, at + 1, opened) : opened;
        case END -> opened = isLast ? open(threads, at + 1, opened) : opened;
        case JUMP -> opened = open(threads, step.target(), opened);
        case FORK -> opened = open(threads, step.target(), open(threads, at + 1, opened));
      }
    }
    return false;
  }

  private static int open(Threads threads, int step, int opened) {
    if (threads.seen[step]) {
      return opened;
    }
    threads.seen[step] = true;
    threads.open[opened] = step;
    return opened + 1;
  }
}
