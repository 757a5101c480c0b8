package dev.bugle.advertiser.cli;

import java.util.concurrent.Callable;

/**
 * A command of the program that another jar brings along, such as {@code bugle manifest}.
 *
 * <p>Its class has picocli's {@code @Command}, and is found by {@link java.util.ServiceLoader}. Its
 * result is the exit code, with the meanings that the program's own commands have. It is called on
 * the main thread, and made only where it may be meant: {@code bugle run} does not look for it.
 */
public interface PluggedCommand extends Callable<Integer> {}
