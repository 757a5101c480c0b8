package dev.bugle.bfd.linux;

import java.util.Optional;

/** How punctual a thread is. */
public final class RealTime {

  private static final int SCHED_FIFO = 1;
  private static final int SCHED_RESET_ON_FORK = 0x4000_0000;
  private static final int PR_SET_TIMERSLACK = 29;

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
   * Lets a thread go before every ordinary one.
   *
   * @param thread its id in the kernel; 0 for the calling one
   * @param priority 1 to 99
   * @return why the kernel refuses; empty when it does not
   */
  public Optional<String> fifo(int thread, int priority) {
    NativeMemory parameters = kernel.memory(Integer.BYTES);
    parameters.bytes().putInt(0, priority);
    int result =
        kernel
            .libc()
            .sched_setscheduler(thread, SCHED_FIFO | SCHED_RESET_ON_FORK, parameters.pointer());
    return result == 0 ? Optional.empty() : Optional.of(kernel.meaning(kernel.errno()));
  }
}
