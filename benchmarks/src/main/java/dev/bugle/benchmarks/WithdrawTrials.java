package dev.bugle.benchmarks;

import dev.bugle.benchmarks.WithdrawResult.Absent;
import dev.bugle.benchmarks.WithdrawResult.Failed;
import dev.bugle.benchmarks.WithdrawResult.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets the contenders withdraw the VIP in turn, and measures each time from just before the trigger
 * until the receiver has read the UPDATE from its socket. All speakers run throughout; in each
 * round every one of them has one trial, and each round begins with another of them.
 */
final class WithdrawTrials {

  private static final Duration SESSION_LIMIT = Duration.ofSeconds(20);
  private static final Duration CHANGE_LIMIT = Duration.ofSeconds(5);

  private final int warmUp;
  private final int trials;
  private final Duration pause;

  /**
   * Plans a run.
   *
   * @param warmUp rounds before those that count
   * @param trials rounds that count
   * @param pause between the announcement's arrival and the withdrawal, so that nobody is still
   *     busy or spinning
   */
  WithdrawTrials(int warmUp, int trials, Duration pause) {
    this.warmUp = warmUp;
    this.trials = trials;
    this.pause = pause;
  }

  /** A contender that takes part. */
  private final class Lane implements AutoCloseable {
    private final Contender contender;
    private final Contender.Speaker speaker;
    private final MeasuringPeer receiver;
    private final long[] nanos = new long[warmUp + trials];
    private @Nullable String failure;

    Lane(Contender contender, Path directory) throws IOException, InterruptedException {
      this.contender = contender;
      this.receiver = MeasuringPeer.listen();
      try {
        this.speaker = contender.start(directory, receiver.address());
      } catch (IOException | InterruptedException | RuntimeException e) {
        receiver.close();
        throw e;
      }
      try {
        receiver.establish(speaker.address(), SESSION_LIMIT);
      } catch (IOException | InterruptedException | RuntimeException e) {
        close();
        throw e;
      }
    }

    void run(int round) throws InterruptedException {
      if (failure != null) {
        return;
      }
      try {
        speaker.announce();
        receiver.await(MeasuredRoute.Change.ANNOUNCED, CHANGE_LIMIT);
        speaker.settle();
        Thread.sleep(pause.toMillis());
        long called = System.nanoTime();
        speaker.withdraw();
        long arrived = receiver.await(MeasuredRoute.Change.WITHDRAWN, CHANGE_LIMIT);
        speaker.settle();
        nanos[round] = arrived - speaker.began(called);
      } catch (IOException e) {
        failure = "round " + (round + 1) + ": " + e.getMessage();
      }
    }

    WithdrawResult result() {
      if (failure != null) {
        return new Failed(contender, failure);
      }
      long[] counted = Arrays.copyOfRange(nanos, warmUp, nanos.length);
      return new Measured(contender, nanos[0], new Latencies(counted));
    }

    @Override
    public void close() throws IOException {
      try (speaker) {
        receiver.close();
      }
    }
  }

  /** Runs; one result for each contender, in their order. */
  List<WithdrawResult> run(List<Contender> contenders, Path directory)
      throws IOException, InterruptedException {
    List<WithdrawResult> results = new ArrayList<>();
    List<Lane> lanes = new ArrayList<>();
    try {
      for (Contender contender : contenders) {
        Optional<String> absence = contender.absence();
        if (absence.isPresent()) {
          results.add(new Absent(contender, absence.get()));
        } else {
          try {
            lanes.add(
                new Lane(contender, Files.createDirectory(directory.resolve(contender.name()))));
          } catch (IOException e) {
            results.add(new Failed(contender, "cannot start: " + e.getMessage()));
          }
        }
      }
      List<Lane> order = new ArrayList<>(lanes);
      for (int round = 0; round < warmUp + trials; round++) {
        for (Lane lane : order) {
          lane.run(round);
        }
        Collections.rotate(order, 1);
      }
      lanes.forEach(lane -> results.add(lane.result()));
    } finally {
      for (Lane lane : lanes) {
        lane.close();
      }
    }
    results.sort((a, b) -> contenders.indexOf(a.contender()) - contenders.indexOf(b.contender()));
    return results;
  }
}
