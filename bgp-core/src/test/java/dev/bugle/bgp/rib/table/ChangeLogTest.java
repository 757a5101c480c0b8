package dev.bugle.bgp.rib.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ChangeLogTest {

  private final ChangeLog log = new ChangeLog();

  private void change(int... numbers) {
    for (int number : numbers) {
      log.changed(number);
    }
  }

  private int[] readAll(ChangeLog.Cursor cursor) {
    int[] read = log.read(cursor.stamp(), Integer.MAX_VALUE);
    cursor.moveTo(log.after(read, Integer.MAX_VALUE));
    return read;
  }

  @Test
  void aReaderReadsWhatHasChangedSinceItBegan() {
    change(1, 2);
    ChangeLog.Cursor cursor = log.open();
    change(3, 4);

    assertThat(readAll(cursor)).containsExactly(3, 4);
    assertThat(readAll(cursor)).isEmpty();
    assertThat(cursor.stamp()).isEqualTo(log.next());
  }

  @Test
  void destinationsOnBothSidesOfAPageAreTold() {
    ChangeLog.Cursor cursor = log.open();
    change(4095, 4096, 4097, 8192, 4096);

    assertThat(log.stampOf(20_000)).isZero();
    assertThat(log.holds(4095)).isTrue();
    assertThat(readAll(cursor)).containsExactly(4095, 4097, 8192, 4096);
  }

  @Test
  void whatChangesAgainIsReadOnceAndLast() {
    ChangeLog.Cursor cursor = log.open();
    change(1, 2, 1, 3, 1);

    assertThat(readAll(cursor)).containsExactly(2, 3, 1);
  }

  @Test
  void itIsReadPieceByPiece() {
    ChangeLog.Cursor cursor = log.open();
    change(1, 2, 3, 4, 5);

    int[] first = log.read(cursor.stamp(), 2);
    cursor.moveTo(log.after(first, 2));
    change(3);

    assertThat(first).containsExactly(1, 2);
    assertThat(log.unread(cursor.stamp())).isBetween(3, 4);
    assertThat(readAll(cursor)).containsExactly(4, 5, 3);
  }

  @Test
  void withoutReadersNothingIsKept() {
    change(1, 2, 3);
    assertThat(log.size()).isZero();

    ChangeLog.Cursor cursor = log.open();
    change(1);
    log.close(cursor);
    List<Integer> forgotten = new ArrayList<>();
    log.trim(forgotten::add);

    assertThat(forgotten).containsExactly(1);
    assertThat(log.size()).isZero();
    assertThat(log.holds(1)).isFalse();
  }

  @Test
  void whatTheSlowestHasReadIsForgotten() {
    ChangeLog.Cursor fast = log.open();
    ChangeLog.Cursor slow = log.open();
    change(1, 2, 3);
    readAll(fast);
    slow.moveTo(log.after(log.read(slow.stamp(), 1), 1));
    List<Integer> forgotten = new ArrayList<>();
    log.trim(forgotten::add);

    assertThat(forgotten).containsExactly(1);
    assertThat(log.holds(1)).isFalse();
    assertThat(log.holds(2)).isTrue();
    log.close(slow);
    log.trim(forgotten::add);
    assertThat(forgotten).containsExactly(1, 2, 3);
  }

  @Test
  void aReaderThatNeverReadsCostsNoMoreThanThereAreDestinations() {
    log.open();
    for (int i = 0; i < 1_000_000; i++) {
      log.changed(i % 1000);
    }
    assertThat(log.capacity()).isLessThanOrEqualTo(4096);
  }

  /** Each reader has its own map of what it has not read, in the order of the last changes. */
  @Test
  void itIsAsIfEachReaderHadALogOfItsOwn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<ChangeLog.Cursor, Map<Integer, Boolean>> unread = new LinkedHashMap<>();
    Set<Integer> held = new TreeSet<>();
    for (int round = 0; round < 200_000; round++) {
      List<ChangeLog.Cursor> cursors = List.copyOf(unread.keySet());
      int what = random.nextInt(100);
      if (what < 60) {
        int number = random.nextInt(random.nextBoolean() ? 10 : 300);
        log.changed(number);
        for (Map<Integer, Boolean> map : unread.values()) {
          map.remove(number);
          map.put(number, true);
        }
        if (!unread.isEmpty()) {
          held.add(number);
        }
      } else if (what < 90 && !cursors.isEmpty()) {
        ChangeLog.Cursor cursor = cursors.get(random.nextInt(cursors.size()));
        int limit = 1 + random.nextInt(50);
        int[] read = log.read(cursor.stamp(), limit);
        cursor.moveTo(log.after(read, limit));
        Map<Integer, Boolean> expected = unread.get(cursor);
        assertThat(read)
            .as("seed %d", seed)
            .containsExactly(
                expected.keySet().stream().limit(limit).mapToInt(Integer::intValue).toArray());
        for (int number : read) {
          expected.remove(number);
        }
      } else if (what < 92 && cursors.size() < 5) {
        unread.put(log.open(), new LinkedHashMap<>());
      } else if (what < 93 && !cursors.isEmpty()) {
        ChangeLog.Cursor cursor = cursors.get(random.nextInt(cursors.size()));
        unread.remove(cursor);
        log.close(cursor);
      } else if (what < 96) {
        log.trim(number -> assertThat(held.remove(number)).as("seed %d", seed).isTrue());
        Set<Integer> needed = new TreeSet<>();
        unread.values().forEach(map -> needed.addAll(map.keySet()));
        assertThat(held).as("seed %d", seed).containsAll(needed);
        for (int number = 0; number < 300; number++) {
          assertThat(log.holds(number)).as("seed %d", seed).isEqualTo(held.contains(number));
        }
      }
    }
  }
}
