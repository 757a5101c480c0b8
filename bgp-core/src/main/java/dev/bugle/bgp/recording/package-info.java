/**
 * Recordings: what happened to a session, in a text file, and the same again.
 *
 * <p>A session is a pure function of its events ({@link dev.bugle.bgp.session}), so a file with its
 * configuration and its events is enough to see on another machine, and in a debugger, what it did
 * and why. {@link dev.bugle.bgp.recording.EventLog} is where the driver of a session tells all that
 * goes in and comes out; {@link dev.bugle.bgp.recording.SessionRecorder} writes it, on a thread of
 * its own; {@link dev.bugle.bgp.recording.SessionRecording} replays it and finds the first
 * difference.
 *
 * <p>The file is read like the transcripts of the tests, with messages as they were on the wire:
 *
 * <pre>
 * bugle session recording 1
 * # peer 192.0.2.254, since 2026-03-01T12:00:00Z
 * config local-as=65001 local-identifier=192.0.2.1 remote-as=65000 ...
 * &#64; 0.001520813
 * &gt; start
 * &lt; connect
 * &lt; start local connect-retry 10.0 s
 * &lt; state IDLE -&gt; CONNECT: started
 * ...
 * ! end
 * </pre>
 *
 * <p>{@code @} is the time in seconds since the beginning, on a monotonic clock; {@code >} an
 * event, {@code <} what the machine did about it, {@code !} a note about the file: that it was
 * closed, that it is full, that events were lost; {@code #} a remark for people. What the
 * configuration consists of is not told here but found in its records ({@code RecordNotation}), so
 * that files of another version can be read as far as the versions agree.
 *
 * <p>UPDATEs that announce routes do not pass through the machine and are not in the file.
 */
@NullMarked
package dev.bugle.bgp.recording;

import org.jspecify.annotations.NullMarked;
