/**
 * The log as JSON: a provider of SLF4J that writes an object on each line of standard error.
 *
 * <p>The format as text is that of slf4j-simple, and which levels are logged is said in the same
 * way to both, with the properties {@code org.slf4j.simpleLogger.defaultLogLevel} and {@code
 * org.slf4j.simpleLogger.log.NAME}. SLF4J takes this provider only where the property {@code
 * slf4j.provider} names it.
 *
 * <p>A fault of a configuration that is an argument of a message is in it as text, and on the line
 * in parts as well.
 *
 * <p>A line is written whole, by whatever thread logs.
 */
@NullMarked
package dev.bugle.advertiser.logs;

import org.jspecify.annotations.NullMarked;
