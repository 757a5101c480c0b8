package dev.bugle.bfd;

import java.util.function.Consumer;

/**
 * What sessions need of their speaker.
 *
 * @param thread that serves them
 * @param meters where theirs are registered
 * @param journal where their log lines go
 * @param discriminators where they get theirs
 * @param ended what is told that a session shall end
 */
record SessionEnvironment(
    BfdThread thread,
    Meters meters,
    Journal journal,
    Discriminators discriminators,
    Consumer<BfdSession> ended) {}
