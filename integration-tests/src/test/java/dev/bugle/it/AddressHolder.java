package dev.bugle.it;

import dev.bugle.advertiser.addresses.AddressBinder;
import dev.bugle.advertiser.addresses.BoundAddress;
import dev.bugle.advertiser.time.Ticker;
import dev.bugle.bgp.wire.Prefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** An {@link AddressBinder} in a process of its own, inside a machine: it can be killed. */
final class AddressHolder implements AutoCloseable {

  private final HostProcess process;

  private AddressHolder(HostProcess process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param prefix of its command line, such as a program that takes capabilities away
   */
  static AddressHolder start(Machine machine, Path ledger, String... prefix) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", machine.name()));
    command.addAll(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AddressHolder.class.getName(),
            ledger.toString()));
    return new AddressHolder(HostProcess.start(ScratchDirectory.create(), Map.of(), command));
  }

  /** {@code main LEDGER}; commands come in lines: {@code set [PREFIX@INTERFACE ...]} and others. */
  public static void main(String[] args) throws IOException {
    AddressBinder[] self = new AddressBinder[1];
    AddressBinder binder =
        AddressBinder.open(Path.of(args[0]), Ticker.system(), () -> print(self[0]));
    self[0] = binder;
    System.out.println("open");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "set" -> binder.set(addresses(words));
        case "leave" -> {
          binder.leaveForRestart();
          System.exit(0);
        }
        default -> {
          binder.close();
          System.exit(0);
        }
      }
    }
  }

  private static Set<BoundAddress> addresses(String[] words) {
    Set<BoundAddress> all = new LinkedHashSet<>();
    for (String word : List.of(words).subList(1, words.length)) {
      int at = word.indexOf('@');
      all.add(new BoundAddress(word.substring(at + 1), Prefix.parse(word.substring(0, at))));
    }
    return all;
  }

  private static void print(AddressBinder binder) {
    System.out.println(
        binder.snapshot().entrySet().stream()
            .map(at -> at.getKey() + ": " + at.getValue().state() + ", " + at.getValue().reason())
            .sorted()
            .collect(Collectors.joining("; ", "[", "]")));
  }

  AddressHolder set(String... addresses) {
    return say(("set " + String.join(" ", addresses)).strip());
  }

  private AddressHolder say(String line) {
    try {
      var in = process.process().getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      return this;
    } catch (IOException e) {
      throw new AssertionError("it has ended: " + process.output(), e);
    }
  }

  /** Waits until the newest that it says has this text. */
  AddressHolder await(String text) {
    Eventually.see("it says " + text, Deadlines.START, this::newest, seen -> seen.contains(text));
    return this;
  }

  AddressHolder awaitOutput(String text) {
    process.awaitOutput(text);
    return this;
  }

  private String newest() {
    String out = process.out();
    return out.isEmpty() ? process.output() : out.lines().reduce("", (before, last) -> last);
  }

  /** Lets it close its binder, and end. */
  void end() throws InterruptedException {
    say("close").awaitEnd();
  }

  /** Lets it leave the addresses, and end. */
  void leave() throws InterruptedException {
    say("leave").awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.process().waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end: " + process.output());
    }
  }

  int awaitExitCode() throws InterruptedException {
    awaitEnd();
    return process.process().exitValue();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.process().destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.close();
  }
}
