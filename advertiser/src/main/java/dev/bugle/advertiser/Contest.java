package dev.bugle.advertiser;

import dev.bugle.advertiser.leadership.Elector;
import dev.bugle.advertiser.leadership.Handover;

/**
 * A leadership to compete for.
 *
 * @param elector that tells whether it is held
 * @param handover in which order it is handed over
 */
record Contest(Elector elector, Handover handover) {}
