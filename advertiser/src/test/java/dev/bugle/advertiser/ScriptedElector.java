package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Leadership;
import java.util.List;

/** Knows what a test tells it. */
final class ScriptedElector implements Elector {

  private final String name;
  private final List<String> log;
  private Leadership leadership = Leadership.waiting(0, "not yet");
  private boolean broken;

  ScriptedElector(String name, List<String> log) {
    this.name = name;
    this.log = log;
  }

  void now(Leadership known) {
    leadership = known;
  }

  void breakDown() {
    broken = true;
  }

  @Override
  public void start(Runnable changed) {}

  @Override
  public Leadership leadership() {
    if (broken) {
      throw new IllegalStateException("elector broken");
    }
    return leadership;
  }

  @Override
  public void release() {
    log.add("release " + name);
    leadership = Leadership.waiting(0, "released");
  }

  @Override
  public void close() {}
}
