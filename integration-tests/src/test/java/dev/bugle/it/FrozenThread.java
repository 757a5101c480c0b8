package dev.bugle.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/**
 * One thread of another process that stands still, by ptrace(2), while its other threads run: as
 * one does whose system call does not return.
 */
final class FrozenThread implements AutoCloseable {

  /** The system's own calls. */
  public interface LibC {
    /** See ptrace(2). */
    long ptrace(long request, long tid, long address, long data);

    /** See waitpid(2). */
    int waitpid(int tid, Pointer status, int options);
  }

  private static final long SEIZE = 0x4206;
  private static final long INTERRUPT = 0x4207;
  private static final long DETACH = 17;
  private static final int WALL = 0x40000000;

  private static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");

  // Who has seized a thread must be who lets it go.
  private final ExecutorService tracer =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "tracer");
            thread.setDaemon(true);
            return thread;
          });
  private final int tid;

  private FrozenThread(int tid) {
    this.tid = tid;
  }

  /** Freezes the thread of that name; the kernel keeps 15 octets of it. */
  static FrozenThread of(long pid, String name) {
    FrozenThread thread = new FrozenThread(find(pid, name));
    thread.inTracer(
        () -> {
          thread.call(SEIZE);
          thread.call(INTERRUPT);
          if (LIBC.waitpid(thread.tid, null, WALL) != thread.tid) {
            throw new IllegalStateException("the thread " + name + " does not stop");
          }
        });
    return thread;
  }

  private static int find(long pid, String name) {
    // Newer JVMs leave out the middle of a long name, older ones cut off its end.
    Set<String> kept = new HashSet<>(Set.of(name));
    if (name.length() > 15) {
      kept.add(name.substring(0, 15));
      kept.add(name.substring(0, 7) + ".." + name.substring(name.length() - 6));
    }
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        if (kept.contains(Files.readString(task.resolve("comm")).strip())) {
          return Integer.parseInt(task.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the threads of " + pid, e);
    }
    throw new IllegalStateException("process " + pid + " has no thread " + name);
  }

  private void call(long request) {
    if (LIBC.ptrace(request, tid, 0, 0) != 0) {
      throw new IllegalStateException("ptrace " + request + " of thread " + tid + " failed");
    }
  }

  private void inTracer(Runnable work) {
    try {
      tracer.submit(work).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets it run again; one whose process has ended is gone already. */
  @Override
  public void close() {
    inTracer(() -> LIBC.ptrace(DETACH, tid, 0, 0));
    tracer.shutdown();
  }
}
