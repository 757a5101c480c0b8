package dev.bugle.advertiser.cli;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The meters of the program: those of the advertiser, and a few of the process, by the names that
 * Prometheus gives them elsewhere too. They are read from the system when they are asked for: no
 * thread, and none of the JVM's management classes, which would cost memory.
 */
final class ProgramMeters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Registers those of the process. */
  ProgramMeters(String version) {
    Gauge.builder("bugle.info", () -> 1)
        .description("Which version this is")
        .tag("version", version)
        .tag("java", Integer.toString(Runtime.version().feature()))
        .strongReference(true)
        .register(registry);
    gauge("process.start.time.seconds", "When it began, in Unix time", ProgramMeters::startTime);
    gauge("process.resident.memory.bytes", "Memory that it has", ProgramMeters::residentMemory);
    gauge("process.open.fds", "Open files and sockets", ProgramMeters::openFiles);
    gauge("jvm.heap.used.bytes", "Objects, dead ones too", ProgramMeters::heapUsed);
    gauge(
        "jvm.heap.max.bytes", "As much as it may grow to", () -> Runtime.getRuntime().maxMemory());
    FunctionCounter.builder(
            "process.cpu.seconds", ProcessHandle.current(), ProgramMeters::processorSeconds)
        .description("Processor time that it took")
        .register(registry);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).strongReference(true).register(registry);
  }

  private static Number startTime() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> start.toEpochMilli() / 1e3)
        .orElse(Double.NaN);
  }

  private static double processorSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  private static Number heapUsed() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static Number residentMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .sum();
    } catch (IOException | RuntimeException notLinux) {
      return Double.NaN;
    }
  }

  private static Number openFiles() {
    String[] names = Path.of("/proc/self/fd").toFile().list();
    return names == null ? Double.NaN : names.length;
  }

  /** Where the advertiser's meters go. */
  MeterRegistry registry() {
    return registry;
  }

  /**
   * All of them as text; from any thread.
   *
   * @param contentType the media type to write them in, with its version: Prometheus text or
   *     OpenMetrics
   */
  String scrape(String contentType) {
    return registry.scrape(contentType);
  }
}
