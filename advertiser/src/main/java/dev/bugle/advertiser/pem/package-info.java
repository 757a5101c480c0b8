/**
 * Certificates and private keys as files in PEM have them.
 *
 * <p>{@link dev.bugle.advertiser.pem.Identity} may be used from any thread.
 */
@NullMarked
package dev.bugle.advertiser.pem;

import org.jspecify.annotations.NullMarked;
