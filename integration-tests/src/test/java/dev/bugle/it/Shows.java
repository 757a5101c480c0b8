package dev.bugle.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The features that a test shows of the router that it runs against, when it passes. It counts for
 * routers that have the feature, and in network namespaces.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InteropRecorder.class)
@interface Shows {
  /** One or more. */
  Feature[] value();
}
