package dev.bugle.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test that runs against each router that has the features, given as its {@link RouterKind}, and
 * shows them when it passes.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(FeatureTest.Routers.class)
@ExtendWith(InteropRecorder.class)
@interface FeatureTest {
  /** One or more. */
  Feature[] value();

  /** The routers that have what an annotation names. */
  final class Routers implements ArgumentsProvider, AnnotationConsumer<FeatureTest> {
    private Feature[] features = {};

    @Override
    public void accept(FeatureTest test) {
      features = test.value();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return RouterKind.having(features).stream().map(Arguments::of);
    }
  }
}
