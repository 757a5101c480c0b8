/**
 * The program {@code bugle}: its commands, its log format and its exit codes.
 *
 * <p>Exit codes: 0 done or stopped in order, 1 it could not be started or not be stopped in order,
 * 2 wrong usage or a faulty configuration. What a user got wrong is answered by a message on
 * standard error that says what to do, never by a stack trace.
 *
 * <p>Other jars add commands as a {@link dev.bugle.advertiser.cli.PluggedCommand}. Nothing else of
 * the advertiser depends on this package.
 */
@NullMarked
package dev.bugle.advertiser.cli;

import org.jspecify.annotations.NullMarked;
