/**
 * {@code bugle manifest}: what a cluster must be told to run the program, with values filled in.
 *
 * <p>What a pod needs follows from its configuration: the capabilities, the files of the node, the
 * probes, the time to stop, and what the API server must allow ({@link
 * dev.bugle.k8s.manifest.PodNeeds}). The rules of RBAC are rows of one table ({@link
 * dev.bugle.k8s.manifest.Permission}). Objects are built as {@link
 * dev.bugle.k8s.manifest.YamlMap}s, which print themselves as people write them. Nothing here talks
 * to a cluster.
 */
@NullMarked
package dev.bugle.k8s.manifest;

import org.jspecify.annotations.NullMarked;
