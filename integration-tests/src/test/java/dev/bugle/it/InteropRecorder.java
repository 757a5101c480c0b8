package dev.bugle.it;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Writes down what a test that {@link Shows} features, or is a {@link FeatureTest}, has shown of
 * which router. One that fails writes nothing: the run fails by itself.
 */
final class InteropRecorder implements InvocationInterceptor {

  /** A test class with one router; others take the router as a parameter. */
  interface OneRouter {
    /** The router, unless this class is a second run of the same tests that does not count. */
    Optional<RouterKind> recorded();
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invoked,
      ExtensionContext context)
      throws Throwable {
    Optional<RouterKind> router =
        invoked.getTarget().map(OneRouter.class::cast).flatMap(OneRouter::recorded);
    run(invocation, invoked.getExecutable(), router);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> invoked,
      ExtensionContext context)
      throws Throwable {
    Optional<RouterKind> router =
        invoked.getArguments().stream()
            .filter(RouterKind.class::isInstance)
            .map(RouterKind.class::cast)
            .findFirst();
    run(invocation, invoked.getExecutable(), router);
  }

  private static void run(Invocation<Void> invocation, Method method, Optional<RouterKind> router)
      throws Throwable {
    String test = method.getDeclaringClass().getSimpleName() + "#" + method.getName();
    try {
      invocation.proceed();
      router.ifPresent(kind -> shown(method, kind).forEach(f -> Interop.passed(kind, f, test)));
    } catch (TestAbortedException e) {
      router.ifPresent(
          kind -> shown(method, kind).forEach(f -> Interop.notRun(kind, f, e.getMessage())));
      throw e;
    }
  }

  private static List<Feature> shown(Method method, RouterKind kind) {
    Shows shows = method.getAnnotation(Shows.class);
    FeatureTest test = method.getAnnotation(FeatureTest.class);
    Feature[] features = shows != null ? shows.value() : test.value();
    return List.of(features).stream().filter(kind::has).toList();
  }
}
