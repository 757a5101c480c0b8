package dev.bugle.bfd.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How punctual threads are. */
public final class RealTime {

  private static final int SCHED_FIFO = 1;
  private static final int SCHED_RR = 2;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
  private static final int PR_SET_TIMERSLACK = 29;
  private static final int LOWEST_PRIORITY = 1;

  /** How HotSpot's names of them begin. */
  private static final List<String> JVM_THREADS =
      List.of("VM Thread", "GC Thread", "G1 ", "C1 Compiler");

  private final Kernel kernel;

  /** For threads of this process. */
  public RealTime(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The kernel wakes the calling thread when its time has come, and not 50 us later. */
  public void wakeOnTime() {
    kernel.libc().prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  }

  /**
   * Lets the calling thread go before every ordinary one, and before those of lower priority.
   *
   * @param priority 1 to 99
   * @return why the kernel refuses; empty when it does not
   */
  public Optional<String> goFirst(int priority) {
    return set(0, SCHED_FIFO, priority);
  }

  /**
   * Lets those threads of the JVM go before ordinary ones for which every thread of Java must wait
   * at times: the one that stops the others, those that collect garbage, and the quick compiler.
   *
   * @return why the kernel refuses, or the files of this process cannot be read; empty when not
   */
  public Optional<String> jvmGoesFirst() {
    Optional<String> refused = Optional.empty();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.filter(RealTime::isWaitedFor).toList()) {
        Optional<String> one =
            set(Integer.parseInt(thread.getFileName().toString()), SCHED_RR, LOWEST_PRIORITY);
        refused = refused.or(() -> one);
      }
      return refused;
    } catch (IOException unreadable) {
      return Optional.of(unreadable.toString());
    }
  }

  private static boolean isWaitedFor(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1);
      return JVM_THREADS.stream().anyMatch(name::startsWith);
    } catch (IOException ended) {
      return false;
    }
  }

  private Optional<String> set(int thread, int policy, int priority) {
    NativeMemory parameters = kernel.memory(Integer.BYTES);
    parameters.bytes().putInt(0, priority);
    int result =
        kernel
            .libc()
            .sched_setscheduler(thread, policy | SCHED_RESET_ON_FORK, parameters.pointer());
    return result == 0 ? Optional.empty() : Optional.of(kernel.meaning(kernel.errno()));
  }
}
