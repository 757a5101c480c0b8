package dev.bugle.k8s.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventBudgetTest {

  private final EventBudget budget = new EventBudget();

  private static Complaint complaint(int number) {
    return new Complaint("Reason", "message " + number);
  }

  private static long minutes(long count) {
    return Duration.ofMinutes(count).toNanos();
  }

  @Test
  void aComplaintIsMadeOnceAndAgainWhenItWouldBeForgotten() {
    assertThat(budget.takes("a", complaint(1), 0)).isTrue();
    assertThat(budget.takes("a", complaint(1), minutes(49))).isFalse();
    assertThat(budget.takes("a", complaint(1), minutes(50))).isTrue();
  }

  @Test
  void anObjectThatChangesAllTheTimeIsHeardTenTimesAndThenOnceAMinute() {
    int made = 0;
    for (int i = 0; i < 1000; i++) {
      made += budget.takes("a", complaint(i), 1) ? 1 : 0;
    }
    assertThat(made).isEqualTo(10);
    assertThat(budget.takes("b", complaint(1), 1)).as("another object").isTrue();
    assertThat(budget.takes("a", complaint(2000), minutes(1) + 2)).isTrue();
    assertThat(budget.takes("a", complaint(2001), minutes(1) + 2)).isFalse();
  }

  @Test
  void oneThatCouldNotBeMadeIsMadeLater() {
    assertThat(budget.takes("a", complaint(1), 0)).isTrue();
    budget.failed("a", complaint(1));
    assertThat(budget.takes("a", complaint(1), 1)).isTrue();
  }

  @Test
  void objectsThatAreGoneAreForgotten() {
    budget.takes("a", complaint(1), 0);
    budget.takes("b", complaint(1), 0);
    budget.keep(Set.of("b"));
    assertThat(budget.size()).isEqualTo(1);
  }
}
