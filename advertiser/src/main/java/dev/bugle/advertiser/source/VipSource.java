package dev.bugle.advertiser.source;

/**
 * Says which VIPs there are. What it throws, and where it hangs, is told in the status and harms
 * nothing else: its VIPs stay as it has stated them last.
 */
public interface VipSource extends AutoCloseable {

  /**
   * Begins. Returns at once, and waits for nothing outside; what must be waited for is done on
   * threads of its own. Called once: when it throws, this one is closed, and after a while another
   * one is made and started in its place.
   *
   * @param stage where it states its VIPs, from now until {@link #close} has returned
   */
  void start(VipStage stage);

  /**
   * Ends, within two seconds: the stage is not called any more once this has returned. May be
   * called also when it was never started, and while another call hangs.
   */
  @Override
  void close();
}
