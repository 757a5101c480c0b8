package dev.bugle.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmQueueTest {

  private static final int ALARMS = 120;
  private static final int OPERATIONS = 400_000;
  private static final int MOST_AHEAD = 10_000;

  private final AlarmQueue queue = new AlarmQueue();
  private final Map<Alarm, Long> model = new HashMap<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final Random random = new Random();
  private long now;
  private long rung;

  /** It checks that it is its turn, and may be set again while it rings, as those of sessions. */
  private final class ModelAlarm extends Alarm {
    @Override
    void ring() {
      rung++;
      Long due = model.remove(this);
      assertThat(due).as("an alarm that rings was set").isNotNull();
      assertThat(due - now).as("it is due").isNotPositive();
      assertThat(isSet()).isFalse();
      for (long other : model.values()) {
        assertThat(other - due).as("those that are earlier ring first").isNotNegative();
      }
      if (random.nextInt(3) == 0) {
        change(this, now + 1 + random.nextInt(MOST_AHEAD));
      }
    }
  }

  /** Also around the place where the clock jumps from the largest to the smallest number. */
  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 1_000_000, Long.MIN_VALUE, -1_000_000, 1L << 40})
  void itDoesWhatAListOfAlarmsWouldDo(long begin) {
    long seed = System.nanoTime();
    random.setSeed(seed);
    now = begin;
    for (int i = 0; i < ALARMS; i++) {
      alarms.add(new ModelAlarm());
    }
    try {
      for (int i = 0; i < OPERATIONS; i++) {
        step();
      }
    } catch (RuntimeException | AssertionError broken) {
      throw new AssertionError("seed " + seed + ", from " + begin, broken);
    }
    assertThat(rung).isGreaterThan(1000);
    assertThat(now - begin).as("so much time has passed").isGreaterThan(1_000_000);
  }

  private void step() {
    Alarm alarm = alarms.get(random.nextInt(ALARMS));
    switch (random.nextInt(8)) {
      case 0, 1, 2, 3 -> change(alarm, now + random.nextInt(MOST_AHEAD) - 100);
      case 4, 5 -> {
        queue.clear(alarm);
        model.remove(alarm);
      }
      case 6 -> now += random.nextInt(200);
      default -> {
        queue.ring(now);
        model.values().forEach(due -> assertThat(due - now).as("none is left").isPositive());
      }
    }
    assertThat(alarm.isSet()).isEqualTo(model.containsKey(alarm));
    long next = model.values().stream().mapToLong(due -> due - now).min().orElse(AlarmQueue.NEVER);
    if (queue.next(now) != next) { // in place of an assertion, which would take most of the time
      throw new AssertionError("next in " + queue.next(now) + ", expected " + next);
    }
  }

  private void change(Alarm alarm, long due) {
    queue.set(alarm, due);
    model.put(alarm, due);
  }

  @Test
  void anEmptyOneIsNeverDue() {
    assertThat(queue.next(0)).isEqualTo(AlarmQueue.NEVER);
    queue.ring(Long.MAX_VALUE);
    queue.clear(new ModelAlarm());
    assertThat(queue.next(Long.MIN_VALUE)).isEqualTo(AlarmQueue.NEVER);
  }

  @Test
  void oneThatIsLateIsDueInThePast() {
    change(new ModelAlarm(), 10);
    assertThat(queue.next(15)).isEqualTo(-5);
  }
}
