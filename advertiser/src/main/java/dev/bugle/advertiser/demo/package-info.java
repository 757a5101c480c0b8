/**
 * {@code bugle demo}: two advertisers compete for one VIP, and their router tells what it sees.
 *
 * <p>The advertisers are two real processes of {@code bugle run}, so that one can be killed. The
 * router is a {@link dev.bugle.bgp.BgpSpeaker} in this process. What is printed is what the router
 * saw: its listeners write each event into a {@code RouterView} with the time at which it came, and
 * the script, {@code Round}, waits there for each step, with a deadline. A step that the router
 * does not see fails the demo and shows what the advertisers logged.
 *
 * <p>Threads: the listeners run on the speaker's event loop, the script on the caller's thread.
 */
@NullMarked
package dev.bugle.advertiser.demo;

import org.jspecify.annotations.NullMarked;
