/**
 * Addresses: VIPs that are on an interface of this host while they are announced.
 *
 * <p>{@link dev.bugle.advertiser.addresses.AddressBinder} is told the whole set that is wanted, and
 * publishes, as snapshots of {@link dev.bugle.advertiser.addresses.Binding}, how it stands with
 * each. Its thread, {@code bugle-addresses}, makes passes: when the set changes, when the kernel
 * says that an interface or an address has changed, when something that failed may be tried again,
 * and every half minute. A pass looks at everything anew, so that it does not matter what was
 * missed:
 *
 * <pre>
 *   wanted --+
 *   Ledger --+--&gt; Plan (pure) --&gt; BindingPass --&gt; Ledger, kernel (rtnetlink)
 *   Sight  --+                        |
 *                                 Bindings (snapshot)
 * </pre>
 *
 * <p>Only what is ours is ever removed. An address is ours when both say so: the {@code Ledger}, a
 * file that is written before an address is put there; and the address itself, which is marked
 * (IFA_PROTO). Linux before 5.18 does not keep marks; there the ledger alone decides, with the
 * number and the name of the interface. See docs/adr/0010-which-addresses-are-ours.md.
 *
 * <p>The addresses get the scope of the host, or are deprecated (IPv6): they are for those who
 * connect to this host, never a source of its own connections. See docs/addresses.md.
 */
@NullMarked
package dev.bugle.advertiser.addresses;

import org.jspecify.annotations.NullMarked;
