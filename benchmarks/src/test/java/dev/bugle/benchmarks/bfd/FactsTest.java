package dev.bugle.benchmarks.bfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bugle.benchmarks.ProcessUse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read from the words of the kernel and of BIRD, and what BIRD is told. */
class FactsTest {

  @Test
  void processorTimeIsFoundBehindANameWithSpaces() {
    assertThat(
            ProcessUse.ticks(
                "42 (a (b) c) S 1 42 42 0 -1 4194560 190 0 0 0 70 8 0 0 20 0 1 0 91 2 3"))
        .isEqualTo(78);
  }

  @Test
  void residentMemoryIsFoundAmongTheOther() {
    assertThat(ProcessUse.residentKilobytes("Name:\tbird\nVmHWM:\t  5000 kB\nVmRSS:\t  4870 kB\n"))
        .isEqualTo(4870);
  }

  @Test
  void sessionsThatAreUpAreCountedInTheTableOfBird() {
    assertThat(
            ReferenceNeighbour.sessionsUp(
                """
                BIRD 2.0.12 ready.
                bfd1:
                IP address                Interface  State      Since         Interval  Timeout
                10.1.0.1                  v0         Up         12:00:00.000    0.300    0.900
                10.1.0.2                  v0         Down       12:00:00.000    1.000    0.000
                10.1.0.3                  v0         Up         12:00:00.000    0.300    0.900
                """))
        .isEqualTo(2);
  }

  @Test
  void theControllerOfProcessorsIsFoundInEitherVersion() {
    List<String> mounts =
        List.of(
            "proc /proc proc rw 0 0",
            "cgroup /sys/fs/cgroup/cpuset cgroup rw,cpuset 0 0",
            "cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,nosuid,cpu,cpuacct 0 0",
            "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,nosuid 0 0");
    assertThat(SchedulingGroup.versionOne(mounts)).contains(Path.of("/sys/fs/cgroup/cpu,cpuacct"));
    assertThat(SchedulingGroup.versionTwo(mounts)).contains(Path.of("/sys/fs/cgroup/unified"));
    assertThat(SchedulingGroup.versionOne(mounts.subList(0, 2))).isEmpty();
  }

  @Test
  void birdIsToldOfEachSessionAsItSeesIt() {
    List<AddressPair> sessions =
        AddressPair.ofContender(251).stream().map(AddressPair::mirrored).toList();
    assertThat(BirdConfiguration.text(sessions, new Timing(10, 3), 100))
        .contains("router id 10.2.0.1;")
        .contains("    min rx interval 10 ms;", "    idle tx interval 100 ms;", "multiplier 3;")
        .contains("  neighbor 10.1.0.250 dev \"v0\" local 10.2.0.250;\n")
        .contains("  neighbor 10.1.1.1 dev \"v0\" local 10.2.1.1;\n}");
  }
}
