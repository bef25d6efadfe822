package io.opsautomator.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsautomator.osgi.guest.GuestActivator;
import io.opsautomator.osgi.host.HostActivator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** A framework of its own, with nothing but the bundles that are installed here. */
final class FelixTest {
  private static final String VERSION = "0.1.0";

  @TempDir private Path folder;

  private final ClassLoader usual = Thread.currentThread().getContextClassLoader();
  private Framework framework;

  /** What the class path has must not be found from within. */
  @BeforeEach
  void startTheFramework() throws BundleException {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    Map<String, String> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
    configuration.put(Constants.FRAMEWORK_BUNDLE_PARENT, "framework");
    framework = new FrameworkFactory().newFramework(configuration);
    framework.start();
  }

  @AfterEach
  void stopTheFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(10_000);
    Thread.currentThread().setContextClassLoader(usual);
  }

  private List<Bundle> installed() throws Exception {
    List<Bundle> bundles = new ArrayList<>();
    for (String library : Libraries.BUNDLES) {
      bundles.add(install(Libraries.location(library)));
    }
    bundles.add(install(Libraries.wrapped("com.google.re2j.Pattern", "com.google.re2j", folder)));
    return bundles;
  }

  private Bundle install(Path place) throws BundleException {
    String prefix = Files.isDirectory(place) ? "reference:" : "";
    return framework.getBundleContext().installBundle(prefix + place.toUri());
  }

  private static void start(List<Bundle> bundles) throws BundleException {
    for (Bundle bundle : bundles) {
      if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
        bundle.start();
      }
    }
  }

  @Test
  void anActionOfOneBundleRunsInTheEngineOfAnother() throws Exception {
    List<Bundle> bundles = installed();
    bundles.add(install(TestBundle.of(GuestActivator.class, VERSION, folder)));
    bundles.add(install(TestBundle.of(HostActivator.class, VERSION, folder)));
    start(bundles);

    List<String> told = call();

    assertThat(told.get(0)).isEqualTo("COMPLETE");
    assertThat(told.get(1)).contains("was on, off by felix", "was off, off by felix");
  }

  /** Every bundle, so that a wish that nobody grants is told with the bundle that has it. */
  @Test
  void everythingThatTheCoreNeedsIsThere() throws Exception {
    List<Bundle> bundles = installed();
    start(bundles);

    assertThat(bundles).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    assertThat(bundles).extracting(Bundle::getSymbolicName).contains("io.opsautomator.oa-core");
  }

  @SuppressWarnings("unchecked") // What the host registers under this name.
  private List<String> call() throws Exception {
    BundleContext context = framework.getBundleContext();
    ServiceReference<?> reference = context.getServiceReference(Callable.class.getName());
    return ((Callable<List<String>>) context.getService(reference)).call();
  }
}
