package dev.bugle.bgp.rib;

import dev.bugle.bgp.wire.Asn;
import java.util.ArrayList;
import java.util.List;

/** A part of an {@link AsPathExpression}. */
sealed interface AsPathTerm {

  /** Appends what it takes to match it. */
  void writeTo(AsPathProgram.Writer program);

  /** One place in the path, with a number in this range. */
  record Numbers(long low, long high) implements AsPathTerm {
    static final Numbers ANY = new Numbers(0, Asn.MAX);

    @Override
    public void writeTo(AsPathProgram.Writer program) {
      program.number(low, high);
    }
  }

  /** No place in the path, but a border of it. */
  enum Place implements AsPathTerm {
    BEGINNING,
    END;

    @Override
    public void writeTo(AsPathProgram.Writer program) {
      if (this == BEGINNING) {
        program.beginning();
      } else {
        program.end();
      }
    }
  }

  /** One after the other; may be empty. */
  record Sequence(List<AsPathTerm> parts) implements AsPathTerm {
    @Override
    public void writeTo(AsPathProgram.Writer program) {
      parts.forEach(part -> part.writeTo(program));
    }
  }

  /** One of several. */
  record Choice(List<AsPathTerm> options) implements AsPathTerm {
    @Override
    public void writeTo(AsPathProgram.Writer program) {
      List<Integer> ends = new ArrayList<>();
      for (AsPathTerm option : options.subList(0, options.size() - 1)) {
        int fork = program.fork();
        option.writeTo(program);
        ends.add(program.jump());
        program.leadHere(fork);
      }
      options.get(options.size() - 1).writeTo(program);
      ends.forEach(program::leadHere);
    }
  }

  /** Several times. */
  record Repeated(AsPathTerm term, boolean orNever, boolean orMore) implements AsPathTerm {
    @Override
    public void writeTo(AsPathProgram.Writer program) {
      int fork = orNever ? program.fork() : 0;
      int start = program.position();
      term.writeTo(program);
      if (orMore) {
        program.forkTo(start);
      }
      if (orNever) {
        program.leadHere(fork);
      }
    }
  }
}
