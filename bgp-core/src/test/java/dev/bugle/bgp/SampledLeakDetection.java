package dev.bugle.bgp;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests with some hundred thousand buffers: one in 128 of them is watched. To record who
 * touches each of them would take longer than all the rest.
 */
public final class SampledLeakDetection implements BeforeEachCallback, AfterEachCallback {

  private Level before = ResourceLeakDetector.getLevel();

  @Override
  public void beforeEach(ExtensionContext context) {
    before = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.SIMPLE);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    ResourceLeakDetector.setLevel(before);
  }
}
