/**
 * Files of which one process at a time holds the lock: for an election among the processes of a
 * host, and for what only one of them may write.
 *
 * <p>{@link dev.bugle.advertiser.lock.LockFile} may be used from any thread.
 */
@NullMarked
package dev.bugle.advertiser.lock;

import org.jspecify.annotations.NullMarked;
