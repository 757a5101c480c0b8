package dev.bugle.advertiser.cli;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.InitializationException;

/** The commands of other jars. One that cannot be loaded harms no other, and is said. */
final class PluggedCommands {

  /** Those that tell of all the others. */
  private static final Set<String> ABOUT_ALL = Set.of("help", "completion");

  /** A class path that cannot be read at all fails again and again. */
  private static final int MOST_FAILURES = 100;

  private PluggedCommands() {}

  /** Whether the arguments may mean one: looking for them takes time that a start does not have. */
  static boolean mayBeMeant(String[] args, CommandLine own) {
    return args.length == 0
        || ABOUT_ALL.contains(args[0])
        || !own.getSubcommands().containsKey(args[0]);
  }

  /** Adds those that the class loader of this class finds. */
  static void addTo(CommandLine line) {
    addTo(line, PluggedCommands.class.getClassLoader());
  }

  static void addTo(CommandLine line, ClassLoader loader) {
    Iterator<PluggedCommand> each = ServiceLoader.load(PluggedCommand.class, loader).iterator();
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (!each.hasNext()) {
          return;
        }
        line.addSubcommand(each.next());
      } catch (ServiceConfigurationError | LinkageError | InitializationException e) {
        failures++;
        line.getErr().println("bugle: a command cannot be had: " + e.getMessage());
      }
    }
  }
}
